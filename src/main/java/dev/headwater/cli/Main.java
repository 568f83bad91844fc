package dev.headwater.cli;

import dev.headwater.cli.client.ClientLogging;
import dev.headwater.cli.client.Context;
import dev.headwater.cli.serve.InProcessService;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Runs one command and ends the process with its exit code. */
@QuarkusMain
public final class Main {
  private Main() {}

  /** The entry point of the packaged application. Quarkus itself starts only where it is needed. */
  public static void main(String... arguments) {
    // What is written is English, and often read by programs: digits and points whatever the
    // machine's.
    Locale.setDefault(Locale.ROOT);
    boolean verbose =
        Arrays.asList(arguments).contains("--verbose") || System.getenv("HEADWATER_DEBUG") != null;
    ClientLogging.configure(verbose);
    var context = Context.real(Optional.of(new InProcessService()));
    int code = HeadwaterCommand.commandLine(context).execute(arguments);
    context.console().out().flush();
    System.exit(code);
  }
}
