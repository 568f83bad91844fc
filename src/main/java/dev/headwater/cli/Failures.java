package dev.headwater.cli;

import dev.headwater.cli.client.CommandFailedException;
import dev.headwater.cli.client.Console;
import dev.headwater.cli.client.ExitCode;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reports a failure in one sentence, with the stack trace only if asked for. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
  private final Console console;
  private final BooleanSupplier verbose;

  Failures(Console console, BooleanSupplier verbose) {
    this.console = console;
    this.verbose = verbose;
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
    if (verbose.getAsBoolean()) {
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
}
