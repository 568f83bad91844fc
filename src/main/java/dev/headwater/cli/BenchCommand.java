package dev.headwater.cli;

import dev.headwater.cli.client.CommandFailedException;
import dev.headwater.cli.client.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/**
 * {@code headwater bench}: holds the benchmarks. They are no part of the packaged application; the
 * launcher of a source tree compiles them and starts them with this command line.
 */
@Command(
    name = "bench",
    synopsisSubcommandLabel = "BENCH",
    commandListHeading = "%nBenchmarks:%n",
    description = {"Measures Headwater beside its peers, from the source tree.", ""})
final class BenchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Unmatched private List<String> words = new ArrayList<>();

  @Override
  public Integer call() {
    var benches = String.join(", ", spec.subcommands().keySet());
    if (benches.isEmpty()) {
      throw new CommandFailedException(
          "benchmarks are not packaged: run ./headwater bench in Headwater's source tree");
    }
    if (!words.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "there is no benchmark \"%s\"; found %s".formatted(words.get(0), benches));
    }
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE;
  }
}
