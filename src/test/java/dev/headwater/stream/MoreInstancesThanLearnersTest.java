package dev.headwater.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.Eventually;
import dev.headwater.broker.KafkaForTests;
import dev.headwater.broker.TestBroker;
import dev.headwater.event.ModelStatus;
import dev.headwater.stream.RunningAdaptation.Instance;
import java.awt.Color;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An instance for which no partition of models is left is ready, and says that it has none. */
class MoreInstancesThanLearnersTest {
  /** As many as may wait for their first head. */
  private static final int MODELS = 5;

  private static final List<String> NAMES =
      IntStream.range(0, MODELS).mapToObj(n -> "model-" + n).toList();

  @TempDir static Path directory;

  @Test
  void shouldAnswerForNoModelsWhereNoneCanBe() {
    try (var broker = KafkaForTests.start(directory.resolve("broker"));
        var running = running(broker)) {
      try (var second = running.newStreams(directory.resolve("1"), instance(1));
          var third = running.newStreams(directory.resolve("2"), instance(2))) {
        second.start();
        third.start();
        running.send(images());
        assertOneIsIdle(List.of(running.streams(), second, third));
      }
      await(List.of(running.streams()), 0);
    }
  }

  private static Stream<TestImage> images() {
    return IntStream.range(0, MODELS)
        .mapToObj(n -> new TestImage("image-" + n, NAMES.get(n), n % 4, Color.RED, true));
  }

  private static void assertOneIsIdle(List<AdaptationStreams> all) {
    var idle = all.get(await(all, 1).indexOf(Optional.of(List.of())));
    assertThat(idle.isRunning()).isTrue();
    assertThat(idle.queries().versions("model-0")).isEmpty();
    assertThat(idle.queries().versionFile("model-0", 1)).isEmpty();
    assertThat(idle.queries().hosts().otherHost("model-0")).isPresent();
    assertThat(idle.queries().hosts().others()).hasSize(RunningAdaptation.MODEL_PARTITIONS);
  }

  /** Waits until all answer, for each model one of them, and so many for none. */
  private static List<Optional<List<String>>> await(List<AdaptationStreams> all, int idle) {
    return Eventually.get(
        "each model at one of %d, %d without any".formatted(all.size(), idle),
        Duration.ofMinutes(3),
        () -> all.stream().map(MoreInstancesThanLearnersTest::models).toList(),
        found ->
            found.stream().filter(Optional.of(List.of())::equals).count() == idle
                && found.stream().allMatch(Optional::isPresent)
                && found.stream()
                    .flatMap(Optional::stream)
                    .flatMap(List::stream)
                    .sorted()
                    .toList()
                    .equals(NAMES));
  }

  private static RunningAdaptation running(TestBroker broker) {
    return new RunningAdaptation(
        broker, "few.", directory.resolve("0"), instance(0), RunningAdaptation.Settings.usual());
  }

  private static Instance instance(int number) {
    var advertised = Optional.of("instance-%d:8080".formatted(number));
    return new Instance("instance-" + number, 0, Duration.ofSeconds(30), advertised);
  }

  /** Returns the names of those that learn at an instance; empty while it does not say. */
  private static Optional<List<String>> models(AdaptationStreams streams) {
    try {
      return Optional.of(streams.queries().models().stream().map(ModelStatus::model).toList());
    } catch (AdaptationStreams.NotReadyException e) {
      return Optional.empty();
    }
  }
}
