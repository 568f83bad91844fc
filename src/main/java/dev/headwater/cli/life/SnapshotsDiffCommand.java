package dev.headwater.cli.life;

import dev.headwater.cli.client.CommandFailedException;
import dev.headwater.cli.client.Console;
import dev.headwater.cli.client.Context;
import dev.headwater.cli.client.ExitCode;
import dev.headwater.cli.client.SafeText;
import dev.headwater.cli.client.TextTable;
import dev.headwater.cli.client.VersionsClient;
import dev.headwater.event.Fields;
import dev.headwater.event.Json;
import dev.headwater.event.ModelVersion;
import dev.headwater.head.HeadParameters;
import dev.headwater.snapshot.SnapshotException;
import dev.headwater.snapshot.SnapshotFile;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code headwater snapshots diff}: compares two versions. */
@Command(
    name = "diff",
    description = {
      "Compares two versions of a model: what is known of each side by side, then how far each of"
          + " the four tensors lies from its counterpart. \"cosine\" is that of the angle between"
          + " both, 1 for the same direction; \"relative L2\" is the length of the difference as a"
          + " share of the first one's length, 0 for the same values.",
      ""
    })
final class SnapshotsDiffCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private ModelOptions options;

  @Parameters(
      index = "1",
      paramLabel = "A",
      converter = VersionNumber.class,
      description = "A version, as \"snapshots list\" shows them.")
  private Long first;

  @Parameters(
      index = "2",
      paramLabel = "B",
      converter = VersionNumber.class,
      description = "Another one.")
  private Long second;

  SnapshotsDiffCommand(Context context) {
    this.context = context;
  }

  /** What {@code --json} prints. */
  private record Difference(ModelVersion a, ModelVersion b, List<TensorDifference> tensors) {}

  @Override
  public Integer call() {
    var console = context.console();
    var client = options.client(console);
    var kept = VersionList.of(options.model(), client);
    var a = kept.require(first);
    var b = kept.require(second);
    var tensors = TensorDifference.between(parameters(client, first), parameters(client, second));
    if (options.json()) {
      var json = Json.MAPPER.valueToTree(new Difference(a, b, tensors));
      console.print(SafeText.printableJson(json.toString()));
    } else {
      print(console, a, b, tensors);
    }
    return ExitCode.OK;
  }

  private HeadParameters parameters(VersionsClient client, long version) {
    try {
      return SnapshotFile.read(client.file(options.model(), version)).head().parameters();
    } catch (SnapshotException e) {
      throw new CommandFailedException(
          "what %s sent for version %d is not a snapshot that this version can read: %s"
              .formatted(options.url(), version, Fields.sentence(e.getMessage())),
          e);
    }
  }

  private void print(
      Console console, ModelVersion a, ModelVersion b, List<TensorDifference> tensors) {
    var fields = new TextTable(List.of("<" + options.model(), "<A", "<B"));
    var others = VersionText.fields(b);
    VersionText.fields(a)
        .forEach((name, value) -> fields.add(List.of(name, value, others.get(name))));
    fields.lines().forEach(console.out()::println);
    console.out().println();
    var table = new TextTable(List.of("<tensor", ">cosine", ">relative L2"));
    tensors.forEach(
        tensor ->
            table.add(List.of(tensor.name(), text(tensor.cosine()), text(tensor.relativeL2()))));
    table.lines().forEach(console.out()::println);
    console.out().flush();
  }

  private static String text(Optional<Double> measure) {
    return measure.map(value -> String.format(Locale.ROOT, "%.6f", value)).orElse("-");
  }
}
