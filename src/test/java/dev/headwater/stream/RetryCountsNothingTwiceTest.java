package dev.headwater.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.Eventually;
import dev.headwater.broker.KafkaForTests;
import dev.headwater.broker.TestBroker;
import dev.headwater.cli.HeadwaterCommand;
import dev.headwater.cli.client.BrokerClients;
import dev.headwater.cli.client.CapturedConsole;
import dev.headwater.cli.client.Context;
import dev.headwater.cli.client.ForwardingClients;
import dev.headwater.cli.client.KafkaOptions;
import dev.headwater.event.ImageHeaders;
import dev.headwater.event.Prediction;
import dev.headwater.head.DecisionRule;
import dev.headwater.image.ImageLimits;
import dev.headwater.learner.model.ModelCatalog;
import dev.headwater.learner.model.ModelSettings;
import dev.headwater.stream.RunningAdaptation.Settings;
import java.awt.Color;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two retries at once send each dead letter twice: each image is predicted and learnt once, each
 * label learnt once, whatever form the event has and wherever its id is.
 */
class RetryCountsNothingTwiceTest {
  private static final String LABEL = "cat";
  private static final String BASE64 =
      Base64.getEncoder().encodeToString(TopologyFixture.png(Color.RED));
  private static final int RETRIES = 2;

  @TempDir static Path directory;
  static TestBroker broker;
  static RunningAdaptation running;
  static KafkaProducer<byte[], byte[]> producer;

  @BeforeAll
  static void start() {
    broker = KafkaForTests.start(directory.resolve("broker"));
    running = new RunningAdaptation(broker, "retry.", directory.resolve("state"));
    producer = broker.producer(Map.of());
  }

  @AfterAll
  static void stop() {
    producer.close();
    running.close();
    broker.close();
  }

  /** A service of which the model's classes are "dog" and "cat", which it was not before. */
  private static Settings mended() {
    var model = new ModelSettings("default", "dog", LABEL, new DecisionRule.Fixed(0.5));
    return new Settings(
        new FakeBackbone(),
        new ModelCatalog(List.of(model), true, 5),
        ImageLimits.DEFAULT,
        Duration.ofHours(1));
  }

  /** Sends to the third partition, and returns the record's position. */
  private static String send(String topic, String key, byte[] value, Map<String, String> headers) {
    var sent = new ProducerRecord<>(topic, 2, key == null ? null : key.getBytes(UTF_8), value);
    headers.forEach((name, text) -> sent.headers().add(name, text.getBytes(UTF_8)));
    var metadata = Eventually.done(producer.send(sent));
    return new Origin(null, null, topic, metadata.partition(), metadata.offset()).position();
  }

  private static String image(String key, String value) {
    return send(running.topics().images(), key, value.getBytes(UTF_8), Map.of());
  }

  private static String bareImage(String key, Map<String, String> headers) {
    return send(running.topics().images(), key, TopologyFixture.png(Color.RED), headers);
  }

  /** Sends one image in each form with a label that is no class, and returns their ids. */
  private static List<String> sendImagesToRefuse() {
    bareImage(null, Map.of(ImageHeaders.ID, "header", ImageHeaders.LABEL, LABEL));
    bareImage("key", Map.of(ImageHeaders.LABEL, LABEL));
    var bare = bareImage(null, Map.of(ImageHeaders.LABEL, LABEL));
    image(null, "{\"id\":\"json\",\"label\":\"%s\",\"image\":\"%s\"}".formatted(LABEL, BASE64));
    var json = "{\"label\":\"%s\",\"image\":\"%s\"}".formatted(LABEL, BASE64);
    image("json-key", json);
    var plain = image("", json);
    image(
        "a key that is not the id",
        """
        {"specversion":"1.0","id":"structured","source":"/s","type":"%s","label":"%s",\
        "datacontenttype":"image/png","data_base64":"%s"}\
        """
            .formatted(ImageHeaders.IMAGE_TYPE, LABEL, BASE64));
    return List.of("header", "key", bare, "json", "json-key", plain, "structured");
  }

  private static void sendLabelsToRefuse() {
    Stream.of("seen-1", "seen-2").map(TestImage::unlabelled).forEach(running::send);
    Stream.of("seen-1", "seen-2").forEach(running::awaitPrediction);
    send(running.topics().labels(), "seen-1", LABEL.getBytes(UTF_8), Map.of());
    var json = "{\"imageId\":\"seen-2\",\"label\":\"%s\"}".formatted(LABEL);
    send(running.topics().labels(), null, json.getBytes(UTF_8), Map.of());
  }

  /** Retries; what it sends waits until the other has read the notes too. */
  private static int retry(CyclicBarrier bothHaveReadTheNotes) {
    var topics = running.topics();
    var options = new KafkaOptions(broker.bootstrapServers(), topics.prefix(), Optional.empty());
    var opened = new AtomicInteger();
    var clients =
        new ForwardingClients(BrokerClients.of(options)) {
          @Override
          public Consumer<byte[], byte[]> consumer() {
            if (opened.incrementAndGet() == 2) {
              await(bothHaveReadTheNotes);
            }
            return super.consumer();
          }
        };
    var context = new Context(new CapturedConsole().console(), any -> clients, Optional.empty());
    return HeadwaterCommand.commandLine(context)
        .execute("dead-letters", "--retry", "--topic-prefix", topics.prefix());
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("the other retry did not come so far", e);
    }
  }

  private static Map<String, Long> copies(String topic) {
    return running.records(topic).stream()
        .collect(groupingBy(found -> new String(found.value(), UTF_8), counting()));
  }

  /** A labelled image after all others in each partition of labels: what came before was read. */
  private static List<String> sendLast() {
    var ids = IntStream.range(0, RunningAdaptation.PARTITIONS).mapToObj(n -> "last-" + n).toList();
    ids.stream().map(TestImage::unlabelled).forEach(running::send);
    for (int n = 0; n < ids.size(); n++) {
      Eventually.done(running.sendLabel(ids.get(n), LABEL, n));
    }
    return ids;
  }

  @Test
  void shouldPredictAndLearnOnceWhatTwoRetriesSendAtOnce() {
    var images = sendImagesToRefuse();
    sendLabelsToRefuse();
    int letters = images.size() + 2;
    Eventually.get(
        letters + " dead letters",
        () -> running.records(running.topics().deadLetters()),
        found -> found.size() == letters);
    running.restart(directory.resolve("state"), mended());

    var barrier = new CyclicBarrier(RETRIES);
    var retries =
        IntStream.range(0, RETRIES)
            .mapToObj(n -> CompletableFuture.supplyAsync(() -> retry(barrier)))
            .toList();

    assertThat(retries).extracting(CompletableFuture::join).containsOnly(0);
    assertThat(copies(running.topics().labels()).values()).containsOnly(1L + RETRIES);
    var last = sendLast();
    long predicted = letters + last.size();
    var model =
        Eventually.get(
                predicted + " examples, and each image again",
                () -> running.model("default"),
                found ->
                    found
                        .filter(m -> m.examples() >= predicted && m.repeated() >= images.size())
                        .isPresent())
            .orElseThrow();
    assertThat(model.examples()).isEqualTo(predicted);
    assertThat(model.predictions()).isEqualTo(predicted);
    assertThat(model.repeated()).isEqualTo(images.size());
    assertThat(model.corrected()).isZero();
    assertThat(running.predictions())
        .extracting(Prediction::imageId)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(images, List.of("seen-1", "seen-2"), last).flatMap(List::stream).toList());
  }
}
