package dev.headwater.stream;

import static dev.headwater.event.ErrorCode.BACKBONE_MISMATCH;
import static dev.headwater.event.ErrorCode.EVENT_EMPTY;
import static dev.headwater.event.ErrorCode.EVENT_FIELD_INVALID;
import static dev.headwater.event.ErrorCode.EVENT_MALFORMED;
import static dev.headwater.event.ErrorCode.EVENT_WITHOUT_IMAGE;
import static dev.headwater.event.ErrorCode.EVENT_WITHOUT_LABEL;
import static dev.headwater.event.ErrorCode.ID_REUSED;
import static dev.headwater.event.ErrorCode.IMAGE_CORRUPT;
import static dev.headwater.event.ErrorCode.IMAGE_FORMAT_UNKNOWN;
import static dev.headwater.event.ErrorCode.IMAGE_TOO_MANY_BYTES;
import static dev.headwater.event.ErrorCode.IMAGE_TOO_MANY_PIXELS;
import static dev.headwater.event.ErrorCode.IMAGE_TRUNCATED;
import static dev.headwater.event.ErrorCode.LABEL_UNKNOWN;
import static dev.headwater.event.ErrorCode.LABEL_WITHOUT_IMAGE;
import static dev.headwater.event.ErrorCode.MODEL_LIMIT;
import static dev.headwater.event.ErrorCode.MODEL_UNKNOWN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.Eventually;
import dev.headwater.broker.KafkaForTests;
import dev.headwater.broker.TestBroker;
import dev.headwater.event.DeadLetterHeaders;
import dev.headwater.event.ErrorCode;
import dev.headwater.event.PromotionPolicy;
import dev.headwater.image.ImageLimits;
import dev.headwater.learner.model.ModelCatalog;
import dev.headwater.learner.model.ModelSettings;
import dev.headwater.stream.RunningAdaptation.Settings;
import java.awt.Color;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each code of the closed list, provoked on a real broker by a record whose key is its name. */
class EveryErrorCodeTest {
  private static final int MOST_BYTES = 50_000;
  private static final byte[] PNG = TopologyFixture.png(Color.RED);
  private static final Settings LAX =
      new Settings(
          new FakeBackbone(),
          new ModelCatalog(List.of(), true, 1),
          new ImageLimits(MOST_BYTES, 10_000),
          Duration.ofSeconds(3));
  private static final Settings STRICT =
      new Settings(
          new FakeBackbone("cd".repeat(32)),
          new ModelCatalog(
              List.of(ModelSettings.unconfigured("default", PromotionPolicy.CONTINUOUS)), false, 1),
          LAX.limits(),
          LAX.labelRetention());

  @TempDir static Path directory;
  static TestBroker broker;
  static RunningAdaptation running;

  @BeforeAll
  static void start() {
    broker = KafkaForTests.start(directory.resolve("broker"));
    running = new RunningAdaptation(broker, "codes.", state(), LAX);
  }

  private static Path state() {
    return directory.resolve("state");
  }

  @AfterAll
  static void stop() {
    running.close();
    broker.close();
  }

  @Test
  void shouldRefuseEachInItsOwnWay() {
    makeAServedHead();
    provokeByEvents();
    provokeByImages();
    provokeByNames();
    awaitLetters(ErrorCode.values().length - 2);
    running.restart(state(), STRICT);
    image(MODEL_UNKNOWN, PNG, Map.of("ce_model", "unheard-of"));
    image(BACKBONE_MISMATCH, PNG, Map.of("ce_model", "default"));
    var letters = awaitLetters(ErrorCode.values().length);
    var codes = new EnumMap<ErrorCode, String>(ErrorCode.class);
    for (var letter : letters) {
      String key = letter.key() == null ? "?" : new String(letter.key(), UTF_8);
      codes.put(ErrorCode.valueOf(header(letter, DeadLetterHeaders.CODE)), key);
      assertThat(header(letter, DeadLetterHeaders.MESSAGE)).isNotBlank();
      assertThat(header(letter, DeadLetterHeaders.STEP)).isNotBlank();
      assertThat(header(letter, DeadLetterHeaders.TOPIC)).startsWith("codes.");
    }
    assertThat(letters).hasSameSizeAs(codes.keySet());
    codes.forEach((code, key) -> assertThat(key).isEqualTo(code.name()));
  }

  private static void makeAServedHead() {
    running.send(TestImage.labelled("good", 8));
    running.awaitExamples(8);
    Eventually.get(
        "a served head",
        () -> running.records(running.topics().serving()).size(),
        count -> count > 0);
  }

  private static void provokeByEvents() {
    image(EVENT_EMPTY, new byte[0], Map.of());
    image(EVENT_MALFORMED, "{\"image\": ".getBytes(UTF_8), Map.of());
    image(EVENT_WITHOUT_IMAGE, "{\"label\": 1}".getBytes(UTF_8), Map.of());
    image(EVENT_FIELD_INVALID, PNG, Map.of("ce_id", "a", "ce_model", "a/b"));
    label(EVENT_WITHOUT_LABEL, "{}");
    label(LABEL_WITHOUT_IMAGE, "1");
  }

  private static void provokeByImages() {
    image(IMAGE_TOO_MANY_BYTES, Arrays.copyOf(PNG, MOST_BYTES + 1), Map.of());
    image(IMAGE_TOO_MANY_PIXELS, withWidth(PNG, 100_000), Map.of());
    image(IMAGE_FORMAT_UNKNOWN, "hello".getBytes(UTF_8), Map.of());
    image(IMAGE_TRUNCATED, Arrays.copyOf(PNG, PNG.length / 2), Map.of());
    byte[] broken = PNG.clone();
    broken[PNG.length - 20] ^= 0x55;
    image(IMAGE_CORRUPT, broken, Map.of());
  }

  private static void provokeByNames() {
    image(LABEL_UNKNOWN, PNG, Map.of("ce_label", "perhaps"));
    send(running.topics().images(), "first", PNG, Map.of("ce_model", "takes-the-only-place"));
    running.awaitPrediction("first");
    image(MODEL_LIMIT, PNG, Map.of("ce_model", "one-too-many"));
    image(ID_REUSED, PNG, Map.of());
    running.awaitPrediction("ID_REUSED");
    image(ID_REUSED, TopologyFixture.png(Color.BLUE), Map.of());
  }

  /** Writes another width into the header; its checksum is not looked at before the limits. */
  private static byte[] withWidth(byte[] png, int width) {
    byte[] changed = png.clone();
    IntStream.range(0, 4).forEach(i -> changed[16 + i] = (byte) (width >>> (24 - 8 * i)));
    return changed;
  }

  private static void image(ErrorCode expected, byte[] value, Map<String, String> headers) {
    send(running.topics().images(), expected.name(), value, headers);
  }

  private static void label(ErrorCode expected, String value) {
    send(running.topics().labels(), expected.name(), value.getBytes(UTF_8), Map.of());
  }

  private static void send(String topic, String key, byte[] value, Map<String, String> headers) {
    running.send(topic, key, value, headers);
  }

  private static List<ConsumerRecord<byte[], byte[]>> awaitLetters(int count) {
    return Eventually.get(
        count + " dead letters",
        () -> running.records(running.topics().deadLetters()),
        found -> found.size() >= count);
  }

  private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
    return new String(letter.headers().lastHeader(name).value(), UTF_8);
  }
}
