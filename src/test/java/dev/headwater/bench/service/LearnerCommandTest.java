package dev.headwater.bench.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.event.Json;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearnerCommandTest {
  @TempDir Path directory;

  private static BenchRun run(String... arguments) {
    return BenchRun.of(LearnerCommand::new, arguments);
  }

  @Test
  void shouldMeasureWhatAnImageCostsWithALabelAndWithout() throws IOException {
    Path json = directory.resolve("learner.json");
    var run =
        run("bench", "learner", "--images=16", "--warm-up=16", "--rounds=2", "--json=" + json);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).startsWith("16 labelled and 16 unlabelled images a round, after 16");
    var rounds = Json.MAPPER.readTree(json.toFile()).get("rounds");
    assertThat(rounds).hasSize(2);
    for (var round : rounds) {
      assertThat(round.get("labelled").get("micros").asDouble()).isPositive();
      assertThat(round.get("labelled").get("kilobytes").asDouble())
          .isGreaterThan(round.get("unlabelled").get("kilobytes").asDouble());
    }
  }

  @Test
  void shouldRefuseNoImages() {
    var run = run("bench", "learner", "--images", "0");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("headwater: --images must be at least 1, found 0");
  }
}
