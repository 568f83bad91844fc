package dev.headwater.cli.life;

import dev.headwater.cli.client.Context;
import dev.headwater.cli.client.ExitCode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code headwater snapshots}: the parent of the commands on model versions. */
@Command(
    name = "snapshots",
    description = {
      "Shows, compares, exports and imports versions of a model's head.",
      "",
      "Each is a safetensors file that NumPy and Keras can use: docs/snapshots.md.",
      ""
    })
public final class SnapshotsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  private SnapshotsCommand() {}

  /** The command with those below it, which take the console from {@code context}. */
  public static CommandLine commandLine(Context context) {
    var line = new CommandLine(new SnapshotsCommand());
    List.of(
            new SnapshotsListCommand(context),
            new SnapshotsShowCommand(context),
            new SnapshotsExportCommand(context),
            new SnapshotsImportCommand(context),
            new SnapshotsDiffCommand(context))
        .forEach(line::addSubcommand);
    return line;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE;
  }
}
