package dev.headwater.bench.service;

import dev.headwater.bench.backbone.OpenBackbone;
import dev.headwater.cli.client.Context;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code headwater bench threads}: what a second stream thread is worth. */
@Command(
    name = "threads",
    description = {
      "Measures how many images a second are decoded, embedded and predicted, through a broker of"
          + " its own, with one stream thread and with two in turn.",
      ""
    })
public final class ThreadsCommand implements Callable<Integer> {
  private static final int LEAST_IMAGES = 40;

  private final Context context;

  @Spec private CommandSpec spec;

  @Option(
      names = "--images",
      paramLabel = "DIR",
      description = {
        "Images, laid out as for \"headwater produce\", repeated if there are too few.",
        "Default: drawn ones of 320x240"
      })
  private Path folder;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "Images of each run. Default: ${DEFAULT-VALUE}",
      defaultValue = "2000")
  private int count;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description = {
        "Runs with two threads before those that count, while Java still compiles.",
        "Default: ${DEFAULT-VALUE}"
      },
      defaultValue = "4")
  private int warmUps;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Runs with each number of threads. Default: ${DEFAULT-VALUE}",
      defaultValue = "4")
  private int rounds;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description = "A Keras HDF5 file of MobileNetV2. Environment: HEADWATER_WEIGHTS.",
      defaultValue = "${env:HEADWATER_WEIGHTS:-auto}")
  private String weights;

  @Option(names = "--json", paramLabel = "FILE", description = "Write all figures as JSON.")
  private Path json;

  /** A command that prints to the console of {@code context}. */
  public ThreadsCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Numbers.requireAtLeast(spec.commandLine(), "--count", count, LEAST_IMAGES);
    Numbers.requireAtLeast(spec.commandLine(), "--warm-up", warmUps, 0);
    Numbers.requireAtLeast(spec.commandLine(), "--rounds", rounds, 1);
    var files = folder == null ? SmallImages.drawn() : SmallImages.of(folder, count);
    var backbone = OpenBackbone.of(context.console(), weights);
    var report = new ThreadsBench(context.console(), backbone, files, count, warmUps, rounds).run();
    report.lines().forEach(context.console()::print);
    ReportFile.write(json, report);
    return 0;
  }
}
