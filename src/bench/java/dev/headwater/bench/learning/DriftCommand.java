package dev.headwater.bench.learning;

import dev.headwater.bench.learning.DriftBench.Delay;
import dev.headwater.cli.client.Console;
import dev.headwater.cli.client.Context;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code headwater bench drift}: counts false alarms, and measures how soon a shift is found. */
@Command(
    name = "drift",
    description = {
      "Counts the false alarms of the service's drift detectors in streams that do not change, and how"
          + " many images it takes to find a change from one domain of DIR to the next.",
      "",
      "Images are drawn with replacement from those of a domain; DIR is laid out as for \"headwater"
          + " bench learning\".",
      ""
    })
public final class DriftCommand implements Callable<Integer> {
  private static final int MOST_AFTER = 600;

  private final Context context;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", arity = "1..*", description = "Folders of images.")
  private List<Path> dirs;

  @Option(
      names = "--images",
      paramLabel = "N",
      description = "Images of each stream that does not change. Default: ${DEFAULT-VALUE}",
      defaultValue = "20000")
  private int images;

  @Option(
      names = "--before",
      paramLabel = "N",
      description = "Labelled images before a change. Default: ${DEFAULT-VALUE}",
      defaultValue = "400")
  private int before;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "Changes are drawn with the seeds 1 to N. Default: ${DEFAULT-VALUE}",
      defaultValue = "10")
  private int seeds;

  @Option(
      names = "--positive",
      paramLabel = "CLASS",
      split = ",",
      description = "The positive class; for several streams one each.")
  private List<String> positives = new ArrayList<>();

  @Option(
      names = "--domains",
      paramLabel = "A,B",
      split = ",",
      description = "Which domains, and in that order. Default: all, alphabetical")
  private List<String> domains = new ArrayList<>();

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description = "A Keras HDF5 file of MobileNetV2. Environment: HEADWATER_WEIGHTS.",
      defaultValue = "${env:HEADWATER_WEIGHTS:-auto}")
  private String weights;

  /** A command that prints to the console of {@code context}. */
  public DriftCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    requireAtLeast("--images", images, 1);
    requireAtLeast("--before", before, 1);
    requireAtLeast("--seeds", seeds, 1);
    var selection = new Selection(positives, domains);
    var folders = StreamFolder.find(dirs);
    selection.requireKnown(folders);
    try (var embeddings = Embeddings.open(context.console(), weights)) {
      for (StreamFolder folder : folders) {
        var items = embeddings.items(folder.name(), selection.plan(folder, 1));
        run(folder.name(), items, new DriftBench(embeddings.backbone(), before, MOST_AFTER));
      }
    }
    return 0;
  }

  private void run(String stream, List<StreamItem> items, DriftBench bench) {
    Console console = context.console();
    var byDomain = DriftBench.byDomain(items);
    byDomain.forEach(
        (domain, of) ->
            console.print(
                "%s, %s alone: false alarms in %d labelled images: %s"
                    .formatted(stream, domain, images, bench.falseAlarms(of, images, 1))));
    console.print(
        "%s, all domains mixed: false alarms in %d labelled images: %s"
            .formatted(stream, images, bench.falseAlarms(items, images, 1)));
    var names = List.copyOf(byDomain.keySet());
    for (int i = 1; i < names.size(); i++) {
      var from = byDomain.get(names.get(i - 1));
      var to = byDomain.get(names.get(i));
      var delays =
          LongStream.rangeClosed(1, seeds).mapToObj(seed -> bench.shift(from, to, seed)).toList();
      console.print(
          "%s, %s to %s after %d images, found after: labelled %s; unlabelled %s"
              .formatted(
                  stream,
                  names.get(i - 1),
                  names.get(i),
                  before,
                  sorted(delays, Delay::labelled),
                  sorted(delays, Delay::unlabelled)));
    }
  }

  private static String sorted(List<Delay> delays, Function<Delay, OptionalInt> of) {
    return delays.stream()
        .map(of)
        .map(delay -> delay.isPresent() ? "%d".formatted(delay.getAsInt()) : "never")
        .sorted((a, b) -> a.length() == b.length() ? a.compareTo(b) : a.length() - b.length())
        .collect(Collectors.joining(" "));
  }

  private void requireAtLeast(String option, int value, int least) {
    if (value < least) {
      throw new ParameterException(
          spec.commandLine(), "%s must be at least %d, found %d".formatted(option, least, value));
    }
  }
}
