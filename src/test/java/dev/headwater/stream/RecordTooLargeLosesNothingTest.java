package dev.headwater.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.Eventually;
import dev.headwater.LogLines;
import dev.headwater.broker.KafkaForTests;
import dev.headwater.broker.TestBroker;
import dev.headwater.event.Prediction;
import dev.headwater.stream.runtime.FailFastExceptionHandlers;
import java.lang.Thread.UncaughtExceptionHandler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A topic that no longer takes a record stops the work until it does; nothing is passed over. */
class RecordTooLargeLosesNothingTest {
  private static final int IMAGES = 16;

  /** Each of some attempts restores the state, and works up to the record. */
  private static final Duration STOPPED_WITHIN = Duration.ofMinutes(4);

  /** What ended stream threads, by their names; Java itself would print each with its stack. */
  private static final Map<String, Throwable> ENDED = new ConcurrentHashMap<>();

  @TempDir static Path directory;
  static TestBroker broker;
  static UncaughtExceptionHandler printing;

  @BeforeAll
  static void startBroker() {
    printing = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, why) -> ENDED.put(thread.getName() + " " + thread.getId(), why));
    broker = KafkaForTests.start(directory.resolve("broker"));
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
    Thread.setDefaultUncaughtExceptionHandler(printing);
  }

  /**
   * Without a changelog's record, state would be lost, and the learner would go on with less than
   * it was taught. Both at a time: each attempt to go on takes its time.
   */
  @Test
  void shouldPassOverNothingWhereAChangelogOrTheTopicOfPredictionsTakesNoRecord() {
    Stream.of(
            CompletableFuture.runAsync(RecordTooLargeLosesNothingTest::trySoOftenThatItStops),
            CompletableFuture.runAsync(RecordTooLargeLosesNothingTest::tryUntilItIsTaken))
        .toList()
        .forEach(CompletableFuture::join);
    assertThat(ENDED.values())
        .isNotEmpty()
        .allSatisfy(why -> assertThat(why).hasRootCauseInstanceOf(RecordTooLargeException.class));
  }

  private static void trySoOftenThatItStops() {
    Path state = directory.resolve("results");
    assertNothingLost(
        "results.",
        "predictions",
        state,
        running -> {
          Eventually.get(
              "the stop",
              STOPPED_WITHIN,
              running.streams()::stateName,
              name -> running.streams().hasStopped());
          limit("results.predictions", "1048588");
          running.restart(state);
        });
  }

  private static void tryUntilItIsTaken() {
    assertNothingLost(
        "changelog.",
        "learner-tensors-changelog",
        directory.resolve("changelog"),
        running -> {
          Eventually.get(
              "a second attempt",
              STOPPED_WITHIN,
              () -> ENDED.keySet().stream().filter(name -> name.startsWith("changelog.")).toList(),
              ended -> ended.size() > 1);
          limit("changelog.learner-tensors-changelog", "1048588");
        });
  }

  /**
   * @param mend waits for what there is to see, and has the topic take its records again
   */
  private static void assertNothingLost(
      String prefix, String topic, Path state, Consumer<RunningAdaptation> mend) {
    try (var lines = LogLines.of(FailFastExceptionHandlers.class);
        var running = new RunningAdaptation(broker, prefix, state)) {
      running.send(TestImage.labelled("before", IMAGES));
      running.awaitExamples(IMAGES);
      limit(prefix + topic, "100");
      running.send(TestImage.labelled("refused", IMAGES));
      mend.accept(running);
      assertThat(lines.messages())
          .filteredOn(line -> line.contains(" for " + prefix))
          .isNotEmpty()
          .allMatch(line -> line.startsWith("Kafka did not take a record of "))
          .allMatch(line -> line.contains(" bytes for " + prefix + topic + ": "));
      running.send(TestImage.labelled("after", IMAGES));
      assertThat(running.awaitExamples(3 * IMAGES).examples()).isEqualTo(3 * IMAGES);
      assertThat(running.predictions())
          .extracting(Prediction::imageId)
          .containsExactlyInAnyOrderElementsOf(ids());
    }
  }

  private static List<String> ids() {
    return List.of("before", "refused", "after").stream()
        .flatMap(name -> IntStream.range(0, IMAGES).mapToObj(n -> name + "-" + n))
        .toList();
  }

  private static void limit(String topic, String bytes) {
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    var entry = new ConfigEntry("max.message.bytes", bytes);
    var change = List.of(new AlterConfigOp(entry, AlterConfigOp.OpType.SET));
    Eventually.done(broker.admin().incrementalAlterConfigs(Map.of(resource, change)).all());
  }
}
