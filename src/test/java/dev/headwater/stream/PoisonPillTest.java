package dev.headwater.stream;

import static dev.headwater.stream.TopologyFixture.header;
import static dev.headwater.stream.TopologyFixture.png;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.InMemory;
import dev.headwater.backbone.Embedding;
import dev.headwater.event.DeadLetterHeaders;
import dev.headwater.event.ImageHeaders;
import dev.headwater.head.DenseHead;
import dev.headwater.learner.model.LearnerInput.Observation;
import dev.headwater.learner.model.LearnerInputCodec;
import dev.headwater.snapshot.Snapshot;
import dev.headwater.snapshot.SnapshotFile;
import dev.headwater.stream.runtime.ValidTimestampOrNow;
import java.awt.Color;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No record on any topic stops the work: an exception would be thrown again at each restart. */
class PoisonPillTest {
  @TempDir(factory = InMemory.class)
  Path directory;

  TopologyFixture topology;

  @BeforeEach
  void start() {
    topology = new TopologyFixture(directory);
  }

  @AfterEach
  void stop() {
    topology.close();
  }

  private void assertRefusedWith(String code) {
    assertThat(topology.deadLetters())
        .singleElement()
        .satisfies(letter -> assertThat(header(letter, DeadLetterHeaders.CODE)).isEqualTo(code));
    assertStillLearning();
  }

  private void assertStillLearning() {
    topology.sendLabelled(8);
    assertThat(topology.predictions()).hasSize(8);
    assertThat(topology.count("default", "examples")).isEqualTo(8);
  }

  @Test
  void shouldRefuseAnExampleWithoutAValue() {
    topology.sendExample("default", null);
    assertRefusedWith("EVENT_MALFORMED");
  }

  @Test
  void shouldRefuseAnExampleWithoutAModel() {
    topology.sendExample(null, LearnerInputCodec.write(observation(4)));
    assertRefusedWith("EVENT_MALFORMED");
  }

  @Test
  void shouldRefuseAnExampleWhoseEmbeddingIsNotFinite() {
    byte[] bytes = LearnerInputCodec.write(observation(4));
    ByteBuffer.wrap(bytes).putFloat(bytes.length - 4, Float.NaN);
    topology.sendExample("default", bytes);
    assertRefusedWith("EVENT_MALFORMED");
  }

  @Test
  void shouldRefuseAnExampleWhoseEmbeddingHasAnotherLength() {
    topology.sendExample("default", LearnerInputCodec.write(observation(5)));
    assertRefusedWith("EVENT_MALFORMED");
  }

  private static Observation observation(int size) {
    return new Observation(
        "image",
        "domain",
        "ab".repeat(32),
        Embedding.copyOf(new float[size]),
        Optional.of(true),
        0.5,
        0,
        Optional.empty());
  }

  @Test
  void shouldPassOverAServedHeadOfAnotherWidth() {
    topology.sendServing("default", head(5));
    topology.send("first", png(Color.RED), Map.of());
    topology.sendServing("default", head(4));
    topology.send("second", png(Color.RED), Map.of());
    assertThat(topology.deadLetters()).isEmpty();
    assertThat(topology.predictions())
        .extracting(p -> p.snapshotVersion() > 0)
        .containsExactly(false, true);
  }

  @Test
  void shouldRefuseAnEmbeddingThatWouldOverflow() {
    var values = new float[] {1e38f, 0, 0, 0};
    var observation =
        new Observation(
            "i",
            "d",
            "ab".repeat(32),
            Embedding.copyOf(values),
            Optional.of(true),
            0.5,
            0,
            Optional.empty());
    topology.sendExample("default", LearnerInputCodec.write(observation));
    topology.sendLabelled(4);
    assertThat(topology.deadLetters())
        .singleElement()
        .satisfies(l -> assertThat(header(l, DeadLetterHeaders.CODE)).isEqualTo("EVENT_MALFORMED"));
    assertThat(topology.snapshots()).hasSize(2);
  }

  @Test
  void shouldPassOverAServedHeadOfAnotherModel() {
    topology.sendServing("other", head(4));
    topology.send("image", png(Color.RED), Map.of(ImageHeaders.MODEL, "other"));
    assertThat(topology.predictions()).extracting(p -> p.snapshotVersion()).containsExactly(0L);
  }

  @Test
  void shouldTakeATimestampThatIsNone() {
    var record = new ConsumerRecord<Object, Object>("images", 0, 0, null, null);
    assertThat(record.timestamp()).isNegative();
    assertThat(new ValidTimestampOrNow().extract(record, -1)).isPositive();
  }

  @Test
  void shouldPassOverAHeadWhoseOffsetsLieBeyondAnyFile() {
    String header =
        """
        {"__metadata__":{"format":"headwater-head","format_version":"1"},
         "dense/bias":{"dtype":"F32","shape":[1],
          "data_offsets":[9223372036854775807,9223372036854775811]}}
        """;
    byte[] json = header.getBytes(UTF_8);
    byte[] file =
        ByteBuffer.allocate(8 + json.length + 4)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(json.length)
            .put(json)
            .array();
    topology.sendServing("default", file);
    assertStillLearning();
  }

  @Test
  void shouldPassOverServingRecordsWithoutKeyOrValue() {
    topology.sendServing(null, head(4));
    topology.sendServing("default", null);
    assertStillLearning();
  }

  private static byte[] head(int inputs) {
    return SnapshotFile.write(
        new Snapshot(
            "default",
            1,
            0,
            "ab".repeat(32),
            false,
            List.of("n", "p"),
            0.5,
            4,
            Optional.empty(),
            Optional.empty(),
            TopologyFixture.START,
            "test",
            DenseHead.initial(inputs, 1)));
  }

  @Test
  void shouldLeaveOutHeadersThatAreTinyAndMany() {
    var many = new HashMap<String, String>();
    for (int n = 0; n < TopologyFixture.LARGEST_DEAD_LETTER / 8; n++) {
      many.put(Integer.toString(n, 36), "");
    }
    topology.send("many", "hello".getBytes(UTF_8), many);
    assertThat(topology.deadLetters())
        .singleElement()
        .satisfies(letter -> assertThat(letter.headers().toArray()).hasSizeLessThan(10));
    assertStillLearning();
  }

  @Test
  void shouldLeaveOutAKeyThatTheDeadLetterTopicWouldNotTake() {
    topology.sendBare("k".repeat(TopologyFixture.LARGEST_DEAD_LETTER), new byte[] {1, 2, 3});
    var letter = topology.deadLetters().get(0);
    assertThat(letter.key()).isNull();
    assertThat(sizeOf(letter)).isLessThan(2_000);
    assertThat(header(letter, DeadLetterHeaders.CODE)).isEqualTo("EVENT_FIELD_INVALID");
    assertThat(header(letter, DeadLetterHeaders.BYTES)).isEqualTo("3");
    assertStillLearning();
  }

  @Test
  void shouldLeaveOutHeadersThatTheDeadLetterTopicWouldNotTake() {
    String huge = "h".repeat(TopologyFixture.LARGEST_DEAD_LETTER);
    topology.send("a", null, Map.of("ce_comment", huge));
    var letter = topology.deadLetters().get(0);
    assertThat(sizeOf(letter)).isLessThan(2_000);
    assertThat(new String(letter.key(), UTF_8)).isEqualTo("a");
    assertThat(header(letter, DeadLetterHeaders.CODE)).isEqualTo("EVENT_EMPTY");
    assertStillLearning();
  }

  private static int sizeOf(TestRecord<byte[], byte[]> letter) {
    int size = letter.key() == null ? 0 : letter.key().length;
    size += letter.value() == null ? 0 : letter.value().length;
    for (var header : letter.headers()) {
      size += header.key().length() + header.value().length;
    }
    return size;
  }
}
