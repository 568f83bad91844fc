package dev.headwater.cli.client;

import java.util.OptionalLong;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options by which a command reads a topic: from where, to where, and how much of it. */
public final class ReadingOptions {
  @Spec(Target.MIXEE)
  private CommandSpec command;

  @Option(names = "--follow", description = "Do not stop at the end: wait for more.")
  private boolean follow;

  @Option(
      names = "--from-beginning",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = {
        "Start at the oldest one (the default); negated, with --follow, after the newest."
      })
  private boolean fromBeginning;

  private Long max;

  /** For picocli, which fills the fields. */
  public ReadingOptions() {}

  @Option(names = "--max", paramLabel = "N", description = "Stop after N of them.")
  private void setMax(Long count) {
    if (count != null && count < 0) {
      throw new ParameterException(
          command.commandLine(), "--max must not be negative, found " + count);
    }
    max = count;
  }

  /** Whether to wait for more at the end. */
  public boolean follow() {
    return follow;
  }

  /** Whether to start at the first record kept. */
  public boolean fromBeginning() {
    return fromBeginning;
  }

  /** How many at most. */
  public OptionalLong max() {
    return max == null ? OptionalLong.empty() : OptionalLong.of(max);
  }
}
