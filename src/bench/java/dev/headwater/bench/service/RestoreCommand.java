package dev.headwater.bench.service;

import dev.headwater.cli.client.Context;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code headwater bench restore}: measures how long lost local state takes to come back. */
@Command(
    name = "restore",
    description = {
      "Deletes the local state of the service and measures how long it takes until it runs again and"
          + " learns on, with its state restored from Kafka. Then compares its snapshots with those of"
          + " learners that were never stopped.",
      ""
    })
public final class RestoreCommand implements Callable<Integer> {
  private final Context context;

  @Spec private CommandSpec spec;

  @Option(
      names = "--models",
      paramLabel = "N,M",
      split = ",",
      description = "Numbers of models to measure with. Default: ${DEFAULT-VALUE}",
      defaultValue = "1,10,100")
  private List<Integer> models;

  @Option(
      names = "--examples",
      paramLabel = "N",
      description = "Labelled images that each model has learnt. Default: ${DEFAULT-VALUE}",
      defaultValue = "500")
  private int examples;

  @Option(
      names = "--restores",
      paramLabel = "N",
      description = "How often the state is deleted. Default: ${DEFAULT-VALUE}",
      defaultValue = "3")
  private int restores;

  @Option(names = "--json", paramLabel = "FILE", description = "Write all figures as JSON.")
  private Path json;

  /** A command that prints to the console of {@code context}. */
  public RestoreCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    models.forEach(n -> Numbers.requireAtLeast(spec.commandLine(), "--models", n, 1));
    Numbers.requireAtLeast(spec.commandLine(), "--examples", examples, 1);
    Numbers.requireAtLeast(spec.commandLine(), "--restores", restores, 1);
    var bench = new RestoreBench(context.console(), examples, restores);
    var runs = models.stream().map(bench::run).toList();
    var report = new RestoreReport("restore", examples, runs);
    report.lines().forEach(context.console()::print);
    ReportFile.write(json, report);
    return runs.stream().allMatch(run -> run.identical() == run.models()) ? 0 : 1;
  }
}
