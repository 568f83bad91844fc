package dev.headwater.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.Eventually;
import dev.headwater.LogLines;
import dev.headwater.broker.KafkaForTests;
import dev.headwater.broker.TestBroker;
import dev.headwater.event.ModelStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What has been learnt is there again after a restart, from the disk or from Kafka. */
class RestartKeepsTheModelTest {
  /** Fills mini-batches of 4, and is a multiple of the 16 after which a snapshot comes. */
  private static final int IMAGES = 64;

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
  void shouldGoOnFromTheStateOnItsDisk() {
    Path state = directory.resolve("kept");
    assertKept("kept.", state, state);
  }

  @Test
  void shouldRestoreFromKafkaWhereItsDiskIsLost() {
    assertKept("lost.", directory.resolve("before"), directory.resolve("after"));
  }

  @Test
  void shouldRestoreFromKafkaWhereItsCheckpointsAreNoise() throws IOException {
    Path state = directory.resolve("corrupted");
    ModelStatus before;
    try (var running = new RunningAdaptation(broker, "corrupted.", state)) {
      running.send(TestImage.labelled("before", IMAGES));
      before = running.awaitExamples(IMAGES);
    }
    assertThat(corruptCheckpoints(state)).isPositive();
    try (var lines = LogLines.of(AdaptationStreams.class);
        var running = new RunningAdaptation(broker, "corrupted.", state)) {
      var after = Eventually.get("the model", () -> running.model("default"), m -> m.isPresent());
      // The version may have grown by a flush since.
      assertThat(after.orElseThrow().trained()).isEqualTo(before.trained());
      assertThat(lines.messages())
          .isNotEmpty()
          .allMatch(line -> line.contains(" failed on corrupted local state, fault "))
          .allMatch(line -> line.endsWith(" and is replaced"));
    }
  }

  /** Returns of how many tasks. */
  private static int corruptCheckpoints(Path state) throws IOException {
    try (var files = Files.walk(state)) {
      var checkpoints = files.filter(file -> file.endsWith(".checkpoint")).toList();
      for (Path checkpoint : checkpoints) {
        Files.write(checkpoint, new byte[] {(byte) 0xfe, 17, '\n', (byte) 0x80});
      }
      return checkpoints.size();
    }
  }

  private static void assertKept(String prefix, Path state, Path stateAfterwards) {
    try (var running = new RunningAdaptation(broker, prefix, state)) {
      running.send(TestImage.labelled("before", IMAGES));
      ModelStatus before = running.awaitExamples(IMAGES);
      // At 2 or 4, 8, 16, 32, 48 and 64 examples; more where a second went by in between.
      assertThat(before.version()).isGreaterThanOrEqualTo(6);
      running.restart(stateAfterwards);
      var after = Eventually.get("the model", () -> running.model("default"), m -> m.isPresent());
      assertThat(after).contains(before);
      running.send(TestImage.unlabelled("probe"));
      assertThat(running.awaitPrediction("probe").snapshotVersion()).isEqualTo(before.version());
      running.send(TestImage.labelled("after", IMAGES));
      ModelStatus grown = running.awaitExamples(2 * IMAGES);
      assertThat(grown.version()).isGreaterThanOrEqualTo(before.version() + IMAGES / 16);
      assertThat(grown.predictions()).isEqualTo(2 * IMAGES + 1);
    }
  }
}
