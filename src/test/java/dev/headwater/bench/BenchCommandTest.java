package dev.headwater.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.bench.learning.LearningCommand;
import dev.headwater.cli.HeadwaterCommand;
import dev.headwater.cli.client.CapturedConsole;
import dev.headwater.cli.client.Context;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BenchCommandTest {
  private final CapturedConsole console = new CapturedConsole();
  private final Context context =
      new Context(
          console.console(),
          options -> {
            throw new AssertionError("benchmarks need no Kafka");
          },
          Optional.empty());

  private int run(String... arguments) {
    return HeadwaterCommand.commandLine(context, List.of(new LearningCommand(context)))
        .execute(arguments);
  }

  @Test
  void shouldHelpOnTheBenchmarks() {
    assertThat(run("bench", "--help")).isZero();
    assertThat(run("bench", "learning", "--help")).isZero();
    assertThat(console.out()).contains("learning", "--imbalance", "--budget");
  }

  @Test
  void shouldNameTheBenchmarksThereAreForOneThatIsNot() {
    assertThat(run("bench", "speed", "--fast")).isEqualTo(2);
    assertThat(console.err())
        .startsWith("headwater: there is no benchmark \"speed\"; found learning");
  }

  @Test
  void shouldRefuseNumbersOutOfRange() {
    assertThat(run("bench", "learning", "pics", "--seeds", "0")).isEqualTo(2);
    assertThat(console.err()).startsWith("headwater: --seeds must be at least 1, found 0");
  }

  @Test
  void shouldSayThatBenchmarksAreNotPackaged() {
    assertThat(HeadwaterCommand.commandLine(context).execute("bench", "learning", "pics")).isOne();
    assertThat(console.err())
        .isEqualTo(
            "headwater: benchmarks are not packaged: run ./headwater bench in Headwater's source"
                + " tree\n");
  }
}
