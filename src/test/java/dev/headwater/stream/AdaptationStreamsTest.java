package dev.headwater.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.Eventually;
import dev.headwater.broker.KafkaForTests;
import dev.headwater.broker.TestBroker;
import dev.headwater.event.DeadLetterHeaders;
import dev.headwater.event.Prediction;
import dev.headwater.snapshot.SafetensorsByHand;
import dev.headwater.stream.runtime.StreamMetrics;
import java.awt.Color;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Inference and learner on a real broker, as a producer and a consumer see them. */
class AdaptationStreamsTest {
  @TempDir static Path directory;
  static TestBroker broker;
  static RunningAdaptation running;

  @BeforeAll
  static void start() {
    broker = KafkaForTests.start(directory.resolve("broker"));
    running = new RunningAdaptation(broker, "test.", directory.resolve("state"));
  }

  @AfterAll
  static void stop() {
    running.close();
    broker.close();
  }

  @Test
  void shouldLetAConsumerRecomputeAPredictionFromTheServedFile() {
    running.send(TestImage.labelled("recompute", 64));
    running.awaitExamples(64);
    var image = TestImage.unlabelled("recompute-me");
    var prediction =
        Eventually.get(
            "a prediction by a trained head",
            () -> {
              running.send(image);
              return running.awaitPrediction(image.id());
            },
            found -> found.snapshotVersion() > 0);
    assertRecomputable(prediction, image, running.topics().snapshots());
    assertRecomputable(prediction, image, running.topics().serving());
  }

  private static void assertRecomputable(Prediction prediction, TestImage image, String topic) {
    String version = Long.toString(prediction.snapshotVersion());
    assertThat(running.records(topic))
        .filteredOn(
            found -> new SafetensorsByHand(found.value()).metadata("version").equals(version))
        .filteredOn(found -> new String(found.key(), UTF_8).equals("default"))
        .singleElement()
        .satisfies(
            found ->
                assertThat(new SafetensorsByHand(found.value()).probability(image.embedding()))
                    .isCloseTo(prediction.probability(), within(1e-6)));
  }

  @Test
  void shouldDeadLetterGarbageAndPredictTheNextGoodImage() {
    running.sendBare("garbage-text", "hello".getBytes(UTF_8));
    running.sendBare("garbage-empty", new byte[0]);
    running.sendBare("garbage-json", "{\"id\": \"a\"}".getBytes(UTF_8));
    running.send(TestImage.unlabelled("good"));
    assertThat(running.awaitPrediction("good").model()).isEqualTo("default");
    var letters =
        Eventually.get(
            "three dead letters",
            () ->
                running.records(running.topics().deadLetters()).stream()
                    .filter(l -> new String(l.key(), UTF_8).startsWith("garbage"))
                    .toList(),
            found -> found.size() >= 3);
    assertThat(letters)
        .extracting(l -> new String(l.key(), UTF_8), l -> header(l, DeadLetterHeaders.CODE))
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("garbage-text", "IMAGE_FORMAT_UNKNOWN"),
            org.assertj.core.groups.Tuple.tuple("garbage-empty", "EVENT_EMPTY"),
            org.assertj.core.groups.Tuple.tuple("garbage-json", "EVENT_WITHOUT_IMAGE"));
    assertThat(letters)
        .allSatisfy(l -> assertThat(header(l, DeadLetterHeaders.TOPIC)).isEqualTo("test.images"));
  }

  private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
    return new String(letter.headers().lastHeader(name).value(), UTF_8);
  }

  @Test
  void shouldStandARecordOfNothingButHeaders() {
    var many = new ProducerRecord<>("test.images", 0, "many".getBytes(UTF_8), new byte[] {1});
    for (int n = 0; n < 70_000; n++) {
      many.headers().add("error.code", new byte[0]);
    }
    try (var producer = broker.producer(Map.of())) {
      Eventually.done(producer.send(many));
    }
    running.send(TestImage.unlabelled("after-many-headers"));
    running.awaitPrediction("after-many-headers");
    Eventually.get(
        "its dead letter",
        () -> running.records(running.topics().deadLetters()),
        letters -> letters.stream().anyMatch(l -> new String(l.key(), UTF_8).equals("many")));
  }

  @Test
  void shouldNotSeeWhatAProducerTookBack() {
    try (var producer = takesBack()) {
      producer.initTransactions();
      producer.beginTransaction();
      send(producer, TestImage.labelled("aborted", 10));
      producer.abortTransaction();
      producer.beginTransaction();
      send(producer, TestImage.labelled("committed", 8));
      producer.commitTransaction();
    }
    for (int n = 0; n < 8; n++) {
      running.awaitPrediction("committed-" + n);
    }
    assertThat(running.predictions())
        .extracting(Prediction::imageId)
        .noneMatch(id -> id.startsWith("aborted"));
  }

  private static void send(KafkaProducer<byte[], byte[]> producer, Stream<TestImage> images) {
    var sent = images.map(image -> producer.send(image.record("test.images"))).toList();
    sent.forEach(Eventually::done);
  }

  /** One request at a time: the broker complains of those that overtake the first one. */
  private static KafkaProducer<byte[], byte[]> takesBack() {
    return broker.producer(
        Map.of("transactional.id", "takes-back", "max.in.flight.requests.per.connection", 1));
  }

  @Test
  void shouldFlushAPartialMiniBatchWhenItHasWaitedLongEnough() {
    for (int n = 0; n < 3; n++) {
      running.send(new TestImage("few-" + n, "few", 0, Color.RED, true));
    }
    var model =
        Eventually.get(
                "a snapshot of three examples",
                Duration.ofSeconds(30),
                () -> running.model("few"),
                found -> found.map(m -> m.version() > 0).orElse(false))
            .orElseThrow();
    assertThat(model.examples()).isEqualTo(3);
  }

  @Test
  void shouldMeasureItsThreads() {
    running.send(TestImage.labelled("measured", 8));
    running.awaitPrediction("measured-7");
    Eventually.get(
        "bytes of changelogs, lag and commits",
        () -> running.streams().metrics(),
        metrics ->
            value(metrics, "written_bytes", "learner", "test.learner-tensors-changelog") > 1_000
                && value(metrics, "written_records", "inference", "test.predictions") >= 8
                && value(metrics, "lag_records", "inference", "test.images") == 0
                && value(metrics, "commits", "learner") > 0
                && value(metrics, "commit_seconds_max", "inference") < 30
                && value(metrics, "records", "inference") >= 8
                && value(metrics, "threads", "inference") == 2
                && value(metrics, "restoring_tasks", "learner") == 0);
    assertThat(running.streams().metrics())
        .flatExtracting(family -> family.values().keySet())
        .noneMatch(labels -> labels.contains("test_images"));
    int series = running.streams().metrics().stream().mapToInt(m -> m.values().size()).sum();
    assertThat(series).as("series, of a handful an application and a topic").isLessThan(100);
  }

  /** NaN, which no comparison holds for, where there is none. */
  private static double value(List<StreamMetrics.Family> metrics, String name, String... labels) {
    return metrics.stream()
        .filter(family -> family.name().equals("headwater_stream_" + name))
        .map(family -> family.values().getOrDefault(List.of(labels), Double.NaN))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void shouldSayThatItIsNotReadyBeforeItHasStarted() {
    try (var streams = running.newStreams(directory.resolve("never"))) {
      assertThat(streams.isRunning()).isFalse();
      assertThat(streams.hasStopped()).isFalse();
      assertThatThrownBy(streams.queries()::models)
          .isInstanceOf(AdaptationStreams.NotReadyException.class)
          .hasMessageContaining("while the learner is CREATED");
    }
  }
}
