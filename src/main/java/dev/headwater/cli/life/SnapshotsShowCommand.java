package dev.headwater.cli.life;

import dev.headwater.cli.client.Context;
import dev.headwater.cli.client.ExitCode;
import dev.headwater.cli.client.SafeText;
import dev.headwater.cli.client.TextTable;
import dev.headwater.event.Json;
import dev.headwater.event.ModelVersion;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code headwater snapshots show}: prints what is known of one version. */
@Command(
    name = "show",
    description = {"Prints what is known of one version of a model.", ""})
final class SnapshotsShowCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private ModelOptions options;

  @Parameters(
      index = "1",
      paramLabel = "VERSION",
      converter = VersionNumber.class,
      description = "Which version, as \"snapshots list\" shows them.")
  private Long version;

  SnapshotsShowCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    var console = context.console();
    ModelVersion found = VersionList.of(options.model(), options.client(console)).require(version);
    if (options.json()) {
      console.print(SafeText.printableJson(Json.MAPPER.valueToTree(found).toString()));
      return ExitCode.OK;
    }
    var table = new TextTable(List.of("<model", "<" + options.model()));
    VersionText.fields(found).forEach((name, value) -> table.add(List.of(name, value)));
    table.lines().forEach(console.out()::println);
    console.out().flush();
    return ExitCode.OK;
  }
}
