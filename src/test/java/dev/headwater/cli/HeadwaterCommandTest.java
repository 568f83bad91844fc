package dev.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.cli.client.CapturedConsole;
import dev.headwater.cli.client.Context;
import dev.headwater.cli.client.KafkaClients;
import dev.headwater.cli.client.KafkaOptions;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadwaterCommandTest {
  private final CapturedConsole console = new CapturedConsole();

  private int run(String... arguments) {
    Function<KafkaOptions, KafkaClients> broken =
        options -> {
          throw new IllegalArgumentException("broken on purpose");
        };
    var context = new Context(console.console(), broken, Optional.empty());
    return HeadwaterCommand.commandLine(context).execute(arguments);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "produce",
        "label",
        "predictions",
        "dead-letters",
        "models",
        "snapshots",
        "promote",
        "rollback",
        "pin",
        "unpin",
        "policy",
        "threshold",
        "reset"
      })
  void shouldHelpOnEveryCommand(String command) {
    assertThat(run(command, "--help")).isZero();
    assertThat(console.out()).contains("Usage: headwater " + command, "Exit codes:", "130");
    assertThat(console.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "show", "export", "import", "diff"})
  void shouldHelpOnEveryCommandAboutSnapshots(String command) {
    assertThat(run("snapshots", command, "--help")).isZero();
    assertThat(console.out())
        .contains("Usage: headwater snapshots " + command, "MODEL", "--json", "--url", "130");
    assertThat(console.err()).isEmpty();
  }

  @Test
  void shouldShowTheCommandsAboutSnapshotsWhenNoneIsNamed() {
    assertThat(run("snapshots")).isEqualTo(2);
    assertThat(console.err()).contains("list", "show", "export", "import", "diff");
    assertThat(console.out()).isEmpty();
  }

  @Test
  void shouldShowHowToUseItWhenNoCommandIsNamed() {
    assertThat(run()).isEqualTo(2);
    assertThat(console.err()).contains("Usage: headwater", "predictions");
    assertThat(console.out()).isEmpty();
  }

  @Test
  void shouldTakeUnknownCommandsAndOptionsForUsageErrors() {
    assertThat(run("predict")).isEqualTo(2);
    assertThat(run("models", "--nope")).isEqualTo(2);
    assertThat(console.out()).isEmpty();
  }

  @Test
  void shouldTellOfAnUnexpectedFailureInOneSentence() {
    assertThat(run("predictions")).isEqualTo(1);
    assertThat(console.err())
        .isEqualTo(
            "headwater: unexpected IllegalArgumentException: broken on purpose"
                + " (--verbose shows where)\n");
  }

  @Test
  void shouldShowTheStackTraceWhenAskedFor() {
    assertThat(run("predictions", "--verbose")).isEqualTo(1);
    assertThat(console.err()).contains("\tat dev.headwater.cli.");
  }
}
