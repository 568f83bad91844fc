package dev.headwater.cli;

import dev.headwater.cli.client.CommandFailedException;
import dev.headwater.cli.client.Console;
import dev.headwater.cli.client.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells the user of a failure in one sentence; the stack trace only if asked for. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
  private final Console console;

  Failures(Console console) {
    this.console = console;
  }

  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    console.say(failure.getMessage());
    var command = failure.getCommandLine();
    UnmatchedArgumentException.printSuggestions(failure, command.getErr());
    console.say("\"%s --help\" tells how".formatted(command.getCommandSpec().qualifiedName(" ")));
    return ExitCode.USAGE;
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    console.out().flush();
    console.say(sentence(failure));
    if (isVerbose(command)) {
      failure.printStackTrace(console.err());
    }
    return ExitCode.FAILED;
  }

  private static String sentence(Exception failure) {
    if (failure instanceof CommandFailedException) {
      return failure.getMessage();
    }
    var message = failure.getMessage() == null ? "no message" : failure.getMessage();
    return "unexpected %s: %s (--verbose shows where)"
        .formatted(failure.getClass().getSimpleName(), message.lines().findFirst().orElse(""));
  }

  /** Whether the user wants to see more than a sentence. */
  static boolean isVerbose(CommandLine command) {
    return System.getenv("HEADWATER_DEBUG") != null
        || command.getParseResult() != null
            && command.getParseResult().matchedOptionValue("--verbose", false);
  }
}
