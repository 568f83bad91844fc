package dev.headwater.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.Eventually;
import dev.headwater.broker.KafkaForTests;
import dev.headwater.broker.TestBroker;
import dev.headwater.stream.RunningAdaptation.Instance;
import java.awt.Color;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances share the work, and one goes on when the other stops. */
class SharedWorkTest {
  /** So long that nothing but leaving the group explains that another takes over. */
  private static final Duration SESSION = Duration.ofMinutes(5);

  /** As many as may wait for their first head. */
  private static final int MODELS = 5;

  private static final Instance FIRST = new Instance("first", 1, SESSION);
  private static final Instance SECOND = new Instance("second", 1, SESSION);

  @TempDir static Path directory;
  static TestBroker broker;

  @BeforeAll
  static void startBroker() {
    broker = KafkaForTests.start(directory.resolve("broker"));
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void shouldTrainEachModelInOnePlaceAndGoOnWhenAnInstanceStops() {
    try (var running =
        new RunningAdaptation(
            broker,
            "shared.",
            directory.resolve("first"),
            FIRST,
            RunningAdaptation.Settings.usual())) {
      running.send(images("before"));
      awaitExamples(List.of(running.streams()), 1);
      long stopped;
      try (var second = running.newStreams(directory.resolve("second"), SECOND)) {
        second.start();
        awaitShared(running.streams(), second);
        running.send(images("shared"));
        awaitExamples(List.of(running.streams(), second), 2);
        stopped = System.nanoTime();
      }
      running.send(images("after"));
      awaitExamples(List.of(running.streams()), 3);
      assertTakenOver(stopped);
    }
  }

  private static void assertTakenOver(long stopped) {
    var gap = Duration.ofNanos(System.nanoTime() - stopped);
    System.out.printf("Taken over from a clean stop after %d ms, stop included%n", gap.toMillis());
    assertThat(gap).isLessThan(SESSION);
  }

  /** One labelled image of each model. */
  private static Stream<TestImage> images(String prefix) {
    return IntStream.range(0, MODELS)
        .mapToObj(n -> new TestImage(prefix + n, "model-" + n, n % 4, Color.RED, true));
  }

  /** Both train, and each keeps a copy of what the other trains. */
  private static void awaitShared(AdaptationStreams first, AdaptationStreams second) {
    Eventually.get(
        "work for both, and copies",
        Duration.ofMinutes(3),
        () -> Stream.of(first, second).filter(SharedWorkTest::hasItsShare).count(),
        sharing -> sharing == 2 && first.isRunning() && second.isRunning());
  }

  private static boolean hasItsShare(AdaptationStreams streams) {
    var learner = List.of("learner");
    return streams.metrics().stream()
            .filter(family -> family.name().equals("headwater_stream_lag_records"))
            .anyMatch(family -> family.values().containsKey(List.of("learner", "shared.examples")))
        && streams.metrics().stream()
            .filter(family -> family.name().equals("headwater_stream_standby_tasks"))
            .anyMatch(family -> family.values().getOrDefault(learner, 0.0) > 0);
  }

  /** No model is with two of them. */
  private static void awaitExamples(List<AdaptationStreams> all, int examples) {
    var expected = IntStream.range(0, MODELS).mapToObj(n -> "model-" + n + "=" + examples).toList();
    Eventually.get(
        expected.toString(),
        () -> all.stream().flatMap(SharedWorkTest::examples).sorted().toList(),
        expected::equals);
  }

  private static Stream<String> examples(AdaptationStreams streams) {
    try {
      return streams.queries().models().stream()
          .map(model -> model.model() + "=" + model.examples());
    } catch (AdaptationStreams.NotReadyException e) {
      return Stream.of();
    }
  }
}
