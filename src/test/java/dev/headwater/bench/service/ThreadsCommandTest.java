package dev.headwater.bench.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.headwater.backbone.RandomWeightsFile;
import dev.headwater.event.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ThreadsCommandTest {
  @TempDir Path directory;

  private static BenchRun run(String... arguments) {
    return BenchRun.of(ThreadsCommand::new, arguments);
  }

  @Test
  @Timeout(300)
  void shouldMeasureOneThreadAndTwo() throws IOException {
    Path json = directory.resolve("threads.json");
    var arguments = new ArrayList<>(List.of("bench", "threads"));
    arguments.addAll(List.of("--count=80", "--warm-up=0", "--rounds=1"));
    arguments.addAll(RandomWeightsFile.option(directory));
    arguments.add("--json=" + json);
    var run = run(arguments.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).startsWith("80 images a run").contains("2 threads against 1: median");
    var round = Json.MAPPER.readTree(json.toFile()).get("rounds").get(0);
    requireFigures(round.get("one"), 1);
    requireFigures(round.get("two"), 2);
  }

  private static void requireFigures(JsonNode run, int threads) {
    assertThat(run.get("threads").asInt()).isEqualTo(threads);
    assertThat(run.get("imagesPerSecond").asDouble()).isPositive();
    // Decoding and embedding take most of the time, whoever else is at work.
    assertThat(run.get("inferenceMillis").asDouble())
        .isGreaterThan(0.5)
        .isGreaterThan(run.get("learnerMillis").asDouble());
  }

  @Test
  void shouldRefuseTooFewImages() {
    var run = run("bench", "threads", "--count", "39");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("headwater: --count must be at least 40, found 39");
  }
}
