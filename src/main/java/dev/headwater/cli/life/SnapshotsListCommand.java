package dev.headwater.cli.life;

import dev.headwater.cli.client.Context;
import dev.headwater.cli.client.ExitCode;
import dev.headwater.cli.client.SafeText;
import dev.headwater.cli.client.TextTable;
import dev.headwater.event.ModelVersion;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code headwater snapshots list}: prints the versions that are kept. */
@Command(
    name = "list",
    description = {
      "Prints the versions of a model that the service keeps, newest first; an asterisk marks the"
          + " one in service.",
      ""
    })
final class SnapshotsListCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private ModelOptions options;

  SnapshotsListCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    var console = context.console();
    var client = options.client(console);
    if (options.json()) {
      console.print(SafeText.printableJson(client.json(options.model()).toString()));
      return ExitCode.OK;
    }
    var versions = client.versions(options.model());
    if (versions.isEmpty()) {
      console.say("model %s has no version yet".formatted(options.model()));
      return ExitCode.OK;
    }
    table(versions).lines().forEach(console.out()::println);
    console.out().flush();
    return ExitCode.OK;
  }

  private static TextTable table(List<ModelVersion> versions) {
    var table =
        new TextTable(
            List.of(
                ">version",
                "<",
                ">parent",
                "<created at",
                "<by",
                ">examples",
                ">accuracy",
                ">window",
                ">threshold"));
    for (var version : versions) {
      table.add(
          List.of(
              Long.toString(version.version()),
              version.served() ? "*" : "",
              VersionText.parent(version.parent()),
              version.createdAt().toString(),
              SafeText.printable(version.createdBy()),
              Long.toString(version.examples()),
              VersionText.share(version.accuracy()),
              VersionText.share(version.windowAccuracy()),
              VersionText.threshold(version.threshold())));
    }
    return table;
  }
}
