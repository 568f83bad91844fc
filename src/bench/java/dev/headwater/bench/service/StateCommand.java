package dev.headwater.bench.service;

import dev.headwater.cli.client.Context;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code headwater bench state}: counts what the learner sends to Kafka to keep its state. */
@Command(
    name = "state",
    description = {
      "Counts the bytes that the learner sends to Kafka, to keep its state and as results, while it"
          + " learns from drawn embeddings on a broker of its own.",
      ""
    })
public final class StateCommand implements Callable<Integer> {
  private final Context context;

  @Spec private CommandSpec spec;

  @Option(
      names = "--images",
      paramLabel = "N",
      description = "Labelled images, of all models together. Default: ${DEFAULT-VALUE}",
      defaultValue = "800")
  private int images;

  @Option(
      names = "--models",
      paramLabel = "N",
      description = "Models that take turns. Default: ${DEFAULT-VALUE}",
      defaultValue = "1")
  private int models;

  @Option(
      names = "--unlabelled",
      paramLabel = "SHARE",
      description = "Share of all images that have no label. Default: ${DEFAULT-VALUE}",
      defaultValue = "0")
  private double unlabelled;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = {
        "Labelled images a second, of all models together; 0 for as many as are taken.",
        "Default: ${DEFAULT-VALUE}"
      },
      defaultValue = "20")
  private double rate;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description = {
        "Labelled images before those that are measured, of all models together.",
        "Default: ${DEFAULT-VALUE}"
      },
      defaultValue = "120")
  private int warmUp;

  @Option(names = "--json", paramLabel = "FILE", description = "Write all figures as JSON.")
  private Path json;

  /** A command that prints to the console of {@code context}. */
  public StateCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    var line = spec.commandLine();
    Numbers.requireAtLeast(line, "--models", models, 1);
    Numbers.requireAtLeast(line, "--images", images, models);
    Numbers.requireAtLeast(line, "--rate", rate, 0);
    Numbers.requireAtLeast(line, "--warm-up", warmUp, 1);
    if (!(unlabelled >= 0 && unlabelled < 1)) {
      throw new ParameterException(
          line, "--unlabelled must be from 0 to less than 1, found %s".formatted(unlabelled));
    }
    int warmUpOfEach = (warmUp + models - 1) / models;
    var report = new StateBench(images, models, unlabelled, rate, warmUpOfEach * models).run();
    report.lines().forEach(context.console()::print);
    ReportFile.write(json, report);
    return 0;
  }
}
