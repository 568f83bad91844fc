package dev.headwater.stream;

import dev.headwater.Eventually;
import dev.headwater.LogLines;
import dev.headwater.broker.KafkaForTests;
import dev.headwater.broker.TestBroker;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes with one instance id do not fence each other for ever. */
class CopiedDataDirectoryTest {
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
  void shouldSayWhatToDoAndGoOnWhereAnotherProcessHasTheSameInstanceId() {
    Path original = directory.resolve("original");
    try (var lines = LogLines.of(AdaptationStreams.class);
        var running = new RunningAdaptation(broker, "copied.", original)) {
      try (var copy = running.newStreams(directory.resolve("copy"))) {
        copy.start();
        Eventually.get(
            "a sentence",
            lines::messages,
            said ->
                said.stream()
                    .anyMatch(line -> line.contains("another process has taken its membership")));
        Eventually.get("both", running.streams()::stateName, n -> running.streams().isRunning());
        Eventually.get("both", copy::stateName, n -> copy.isRunning());
      }
      running.restart(original);
    }
  }
}
