package dev.headwater.bench.learning;

import dev.headwater.cli.client.CommandFailedException;
import dev.headwater.cli.client.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code headwater bench learning}: compares the service's learner with others. */
@Command(
    name = "learning",
    description = {
      "Compares the service's learner with others on the same images in the same order, each image"
          + " answered for before its label is known, and with what the same head reaches offline.",
      "",
      "DIR is laid out as for \"headwater produce\" and makes one stream; of a folder that holds"
          + " several such folders with domains (DIR/set/domain/class/file) each makes one. Domains"
          + " come one after the other, shuffled inside.",
      ""
    })
public final class LearningCommand implements Callable<Integer> {
  private final Context context;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", arity = "1..*", description = "Folders of images.")
  private List<Path> dirs;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "Run with the seeds 1 to N. Default: ${DEFAULT-VALUE}",
      defaultValue = "5")
  private int seeds;

  @Option(
      names = "--positive",
      paramLabel = "CLASS",
      split = ",",
      description = {
        "The positive class; for several streams one each, separated by commas.",
        "Default: of two classes the alphabetically second, as with \"produce\""
      })
  private List<String> positives = new ArrayList<>();

  @Option(
      names = "--domains",
      paramLabel = "A,B",
      split = ",",
      description = {
        "Which domains, and in that order; a stream takes those that it has.",
        "Default, and for a stream that has none of them: all, alphabetical"
      })
  private List<String> domains = new ArrayList<>();

  @Option(
      names = "--peers",
      paramLabel = "A,B",
      split = ",",
      description = "Compare with these only, with all, or with none. Default: the usual ones")
  private List<String> peers = new ArrayList<>();

  @Option(
      names = "--budget",
      paramLabel = "SECONDS",
      description = {
        "Longest processor time a learner gets for all seeds of a stream; one that takes longer did not"
            + " finish. Default: ${DEFAULT-VALUE}"
      },
      defaultValue = "240")
  private long budget;

  @Option(
      names = "--imbalance",
      paramLabel = "N",
      description = {
        "Make the positive class rare, 1 : N, and compare F1. Negatives that are too few come again,"
            + " drawn with replacement."
      })
  private Integer ratio;

  @Option(
      names = "--rare",
      paramLabel = "N",
      description = "With --imbalance: most positives of a stream. Default: ${DEFAULT-VALUE}",
      defaultValue = "60")
  private int rare;

  @Option(
      names = "--label-rate",
      paramLabel = "SHARE",
      description = {
        "Learn from so many labels only, 0.1 for one in ten: the service's learner once from those that"
            + " needsLabel asks for, and all once from as many drawn at random. Default: all labels"
      })
  private Double labelRate;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description = "A Keras HDF5 file of MobileNetV2. Environment: HEADWATER_WEIGHTS.",
      defaultValue = "${env:HEADWATER_WEIGHTS:-auto}")
  private String weights;

  @Option(names = "--json", paramLabel = "FILE", description = "Write all figures as JSON.")
  private Path json;

  @Option(names = "--plot", paramLabel = "FILE.svg", description = "Draw how accuracy went.")
  private Path plot;

  /** A command that prints to the console of {@code context}. */
  public LearningCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    requireAtLeast("--seeds", seeds, 1);
    requireAtLeast("--budget", budget, 1);
    requireAtLeast("--rare", rare, 1);
    requireAtLeast("--imbalance", ratio == null ? 1 : ratio, 1);
    var plan =
        new LearningBench.Plan(
            contenders(),
            new Selection(positives, domains),
            seeds,
            budget,
            Optional.ofNullable(ratio).map(negatives -> new Imbalance(negatives, rare)));
    var folders = StreamFolder.find(dirs);
    plan.selection().requireKnown(folders);
    var console = context.console();
    try (var embeddings = Embeddings.open(console, weights)) {
      var report = new LearningBench(console, plan, Driver.onThisThread()).run(folders, embeddings);
      new ReportTable(report).lines().forEach(console::print);
      write(json, report::json);
      write(plot, new ReportPlot(report)::svg);
    }
    return 0;
  }

  private List<Contender> contenders() {
    var all = Contenders.of(peers);
    if (labelRate == null) {
      return all;
    }
    if (!(labelRate > 0 && labelRate < 1)) {
      throw new ParameterException(
          spec.commandLine(),
          "--label-rate must be more than 0 and less than 1, found %s".formatted(labelRate));
    }
    var sparing = new ArrayList<Contender>();
    sparing.add(all.get(0).asAdvised(labelRate));
    all.forEach(contender -> sparing.add(contender.atRandom(labelRate)));
    return sparing;
  }

  private void requireAtLeast(String option, long value, long least) {
    if (value < least) {
      throw new ParameterException(
          spec.commandLine(), "%s must be at least %d, found %d".formatted(option, least, value));
    }
  }

  @FunctionalInterface
  private interface Text {
    String text();
  }

  private static void write(Path file, Text content) {
    if (file == null) {
      return;
    }
    try {
      Files.writeString(file, content.text());
    } catch (IOException e) {
      throw new CommandFailedException("cannot write %s: %s".formatted(file, e), e);
    }
  }
}
