package dev.headwater.bench.service;

import dev.headwater.cli.HeadwaterCommand;
import dev.headwater.cli.client.CapturedConsole;
import dev.headwater.cli.client.Context;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;

/** One benchmark, run as the command line runs it, with what it printed. */
record BenchRun(int exitCode, String out, String err) {
  static BenchRun of(Function<Context, Callable<Integer>> benchmark, String... arguments) {
    var console = new CapturedConsole();
    var context =
        new Context(
            console.console(),
            options -> {
              throw new AssertionError("the benchmark has a broker of its own");
            },
            Optional.empty());
    int code =
        HeadwaterCommand.commandLine(context, List.of(benchmark.apply(context))).execute(arguments);
    return new BenchRun(code, console.out(), console.err());
  }
}
