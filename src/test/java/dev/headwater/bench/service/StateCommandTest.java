package dev.headwater.bench.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.headwater.event.Json;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateCommandTest {
  private static final int EMBEDDING_BYTES = 4 * 1280;

  @TempDir Path directory;

  private static BenchRun run(String... arguments) {
    return BenchRun.of(StateCommand::new, arguments);
  }

  @Test
  void shouldCountWhatTwoModelsSend() throws IOException {
    Path json = directory.resolve("state.json");
    var run =
        run(
            "bench",
            "state",
            "--images=32",
            "--models=2",
            "--unlabelled=0.5",
            "--rate=0",
            "--warm-up=8",
            "--json=" + json);
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .startsWith("2 models, 32 labelled and 32 unlabelled images")
        .contains("state, all", "results, all");
    var report = Json.MAPPER.readTree(json.toFile());
    assertThat(report.get("batches").asInt()).isBetween(4, 8);
    // An example is sent at least once, for replay.
    assertThat(bytes(report.get("state"))).isGreaterThan(32 * EMBEDDING_BYTES);
    assertThat(bytes(report.get("results"))).isPositive();
  }

  private static long bytes(JsonNode topics) {
    long sum = 0;
    for (JsonNode topic : topics) {
      sum += topic.get("bytes").asLong();
    }
    return sum;
  }

  @Test
  void shouldRefuseAShareOfAll() {
    var run = run("bench", "state", "--unlabelled", "1");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("headwater: --unlabelled must be from 0 to less than 1, found 1.0");
  }

  @Test
  void shouldRefuseLessThanAnImageAModel() {
    var run = run("bench", "state", "--images", "3", "--models", "4");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("headwater: --images must be at least 4, found 3");
  }
}
