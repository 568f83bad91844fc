package dev.headwater.bench.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.headwater.cli.HeadwaterCommand;
import dev.headwater.cli.client.CapturedConsole;
import dev.headwater.cli.client.Context;
import dev.headwater.event.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateCommandTest {
  private static final int EMBEDDING_BYTES = 4 * 1280;

  @TempDir Path directory;
  private final CapturedConsole console = new CapturedConsole();

  private int run(String... arguments) {
    var context =
        new Context(
            console.console(),
            options -> {
              throw new AssertionError("the benchmark has a broker of its own");
            },
            Optional.empty());
    return HeadwaterCommand.commandLine(context, List.of(new StateCommand(context)))
        .execute(arguments);
  }

  @Test
  void shouldCountWhatTwoModelsSend() throws IOException {
    Path json = directory.resolve("state.json");
    assertThat(
            run(
                "bench",
                "state",
                "--images",
                "32",
                "--models",
                "2",
                "--unlabelled",
                "0.5",
                "--rate",
                "0",
                "--json",
                json.toString()))
        .isZero();
    assertThat(console.out())
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
    assertThat(run("bench", "state", "--unlabelled", "1")).isEqualTo(2);
    assertThat(console.err())
        .startsWith("headwater: --unlabelled must be from 0 to less than 1, found 1.0");
  }

  @Test
  void shouldRefuseLessThanAnImageAModel() {
    assertThat(run("bench", "state", "--images", "3", "--models", "4")).isEqualTo(2);
    assertThat(console.err()).startsWith("headwater: --images must be at least 4, found 3");
  }
}
