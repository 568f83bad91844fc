package dev.headwater.bench.service;

import dev.headwater.cli.client.Context;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code headwater bench learner}: measures what an image costs the learner's thread. */
@Command(
    name = "learner",
    description = {
      "Measures the processor time that one model's learner takes for an image, from drawn"
          + " embeddings and without Kafka.",
      ""
    })
public final class LearnerCommand implements Callable<Integer> {
  private final Context context;

  @Spec private CommandSpec spec;

  @Option(
      names = "--images",
      paramLabel = "N",
      description = "Labelled images a round, and as many without. Default: ${DEFAULT-VALUE}",
      defaultValue = "1024")
  private int images;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description = "Labelled images before the first round. Default: ${DEFAULT-VALUE}",
      defaultValue = "3000")
  private int warmUp;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How often to measure. Default: ${DEFAULT-VALUE}",
      defaultValue = "3")
  private int rounds;

  @Option(names = "--json", paramLabel = "FILE", description = "Write all figures as JSON.")
  private Path json;

  /** A command that prints to the console of {@code context}. */
  public LearnerCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    var line = spec.commandLine();
    Numbers.requireAtLeast(line, "--images", images, 1);
    Numbers.requireAtLeast(line, "--warm-up", warmUp, 1);
    Numbers.requireAtLeast(line, "--rounds", rounds, 1);
    var report = new LearnerBench(images, warmUp, rounds).run();
    report.lines().forEach(context.console()::print);
    ReportFile.write(json, report);
    return 0;
  }
}
