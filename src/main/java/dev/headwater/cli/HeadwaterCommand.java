package dev.headwater.cli;

import dev.headwater.cli.client.Context;
import dev.headwater.cli.client.ExitCode;
import dev.headwater.cli.deadletters.DeadLettersCommand;
import dev.headwater.cli.demo.DemoCommand;
import dev.headwater.cli.label.LabelCommand;
import dev.headwater.cli.life.LifeCommands;
import dev.headwater.cli.life.SnapshotsCommand;
import dev.headwater.cli.produce.ProduceCommand;
import dev.headwater.cli.serve.UpCommand;
import dev.headwater.cli.serve.WeightsCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code headwater}: the root command. */
@Command(
    name = "headwater",
    description = {"Adapts image classifiers while they serve, on Kafka Streams.", ""},
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = BuildVersion.class,
    sortOptions = false,
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all was done as asked",
      "1:something failed or was refused; standard error says what",
      "2:the command line was wrong",
      "130:interrupted with Ctrl-C"
    })
public final class HeadwaterCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = {
        "Show the stack trace of a failure and the warnings of the Kafka client.",
        "Environment: HEADWATER_DEBUG, with any value."
      })
  private boolean verbose;

  private HeadwaterCommand() {}

  private boolean isVerbose() {
    return verbose || System.getenv("HEADWATER_DEBUG") != null;
  }

  /** The whole command line, to be executed with a user's arguments. */
  public static CommandLine commandLine(Context context) {
    return commandLine(context, List.of());
  }

  /** The whole command line with the benchmarks of a source tree, which are commands too. */
  public static CommandLine commandLine(Context context, List<Callable<Integer>> benchmarks) {
    var console = context.console();
    var bench = new CommandLine(new BenchCommand());
    benchmarks.forEach(bench::addSubcommand);
    var root = new HeadwaterCommand();
    var failures = new Failures(console, root::isVerbose);
    var line =
        new CommandLine(root)
            .addSubcommand(new UpCommand())
            .addSubcommand(new DemoCommand(context))
            .addSubcommand(new ProduceCommand(context))
            .addSubcommand(new LabelCommand(context))
            .addSubcommand(new PredictionsCommand(context))
            .addSubcommand(new EventsCommand(context))
            .addSubcommand(new DeadLettersCommand(context))
            .addSubcommand(new ModelsCommand(context))
            .addSubcommand(SnapshotsCommand.commandLine(context));
    new LifeCommands(context).all().forEach(line::addSubcommand);
    return line.addSubcommand(new WeightsCommand(context))
        .addSubcommand(bench)
        .setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
        .setUsageHelpAutoWidth(false)
        .setUsageHelpWidth(Math.max(80, Math.min(console.columns(), 110)))
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(
                console.colourful() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures);
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE;
  }
}
