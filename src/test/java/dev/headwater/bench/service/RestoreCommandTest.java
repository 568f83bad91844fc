package dev.headwater.bench.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.event.Json;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreCommandTest {
  @TempDir Path directory;

  @Test
  void shouldFindWhatWasDeletedAsItWas() throws IOException {
    Path json = directory.resolve("restore.json");
    var run =
        BenchRun.of(
            RestoreCommand::new,
            "bench",
            "restore",
            "--models=2",
            "--examples=8",
            "--restores=1",
            "--json=" + json);
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).endsWith("2 of 2\n");
    var found = Json.MAPPER.readTree(json.toFile()).get("runs").get(0);
    // Each example is in the state, and whatever is restored was logged before.
    assertThat(found.get("size").get("live").asLong()).isGreaterThan(2 * 8 * 4 * 1280);
    assertThat(found.get("size").get("logged").asLong())
        .isGreaterThanOrEqualTo(found.get("size").get("live").asLong());
    var times = found.get("restores").get(0);
    assertThat(times.get("running").asDouble()).isPositive();
    assertThat(times.get("allInputs").asDouble())
        .isGreaterThanOrEqualTo(times.get("firstInput").asDouble());
  }
}
