package dev.headwater.bench;

import dev.headwater.bench.learning.DriftCommand;
import dev.headwater.bench.learning.LearningCommand;
import dev.headwater.bench.service.LearnerCommand;
import dev.headwater.bench.service.RestoreCommand;
import dev.headwater.bench.service.StateCommand;
import dev.headwater.bench.service.ThreadsCommand;
import dev.headwater.cli.HeadwaterCommand;
import dev.headwater.cli.client.ClientLogging;
import dev.headwater.cli.client.Context;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Runs one benchmark and ends the process with its exit code; the launcher starts it. */
public final class BenchMain {
  /** Held here because the log manager forgets the level of a logger nobody holds. */
  private static final Logger BROKER = Logger.getLogger("kafka");

  private BenchMain() {}

  /** Takes the whole command line, {@code bench} included. */
  public static void main(String... arguments) {
    boolean verbose =
        Arrays.asList(arguments).contains("--verbose") || System.getenv("HEADWATER_DEBUG") != null;
    ClientLogging.configure(verbose);
    BROKER.setLevel(verbose ? Level.WARNING : Level.OFF);
    var context = Context.real(Optional.empty());
    int code =
        HeadwaterCommand.commandLine(
                context,
                List.of(
                    new LearningCommand(context),
                    new DriftCommand(context),
                    new StateCommand(context),
                    new RestoreCommand(context),
                    new LearnerCommand(context),
                    new ThreadsCommand(context)))
            .execute(arguments);
    context.console().out().flush();
    System.exit(code);
  }
}
