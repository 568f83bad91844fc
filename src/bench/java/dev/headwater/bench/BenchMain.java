package dev.headwater.bench;

import dev.headwater.bench.learning.DriftCommand;
import dev.headwater.bench.learning.LearningCommand;
import dev.headwater.cli.HeadwaterCommand;
import dev.headwater.cli.client.ClientLogging;
import dev.headwater.cli.client.Context;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Runs one benchmark and ends the process with its exit code; the launcher starts it. */
public final class BenchMain {
  private BenchMain() {}

  /** Takes the whole command line, {@code bench} included. */
  public static void main(String... arguments) {
    boolean verbose =
        Arrays.asList(arguments).contains("--verbose") || System.getenv("HEADWATER_DEBUG") != null;
    ClientLogging.configure(verbose);
    var context = Context.real(Optional.empty());
    int code =
        HeadwaterCommand.commandLine(
                context, List.of(new LearningCommand(context), new DriftCommand(context)))
            .execute(arguments);
    context.console().out().flush();
    System.exit(code);
  }
}
