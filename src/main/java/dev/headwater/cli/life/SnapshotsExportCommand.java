package dev.headwater.cli.life;

import dev.headwater.cli.client.CommandFailedException;
import dev.headwater.cli.client.Context;
import dev.headwater.cli.client.ExitCode;
import dev.headwater.event.Fields;
import dev.headwater.event.Json;
import dev.headwater.snapshot.SnapshotException;
import dev.headwater.snapshot.SnapshotFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code headwater snapshots export}: saves a version as a file. */
@Command(
    name = "export",
    description = {
      "Saves a version of a model as a safetensors file. An existing file is kept unless"
          + " --force is given; the file is written atomically.",
      ""
    })
final class SnapshotsExportCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private ModelOptions options;

  @Parameters(
      index = "1",
      paramLabel = "VERSION",
      converter = VersionNumber.class,
      description = "Which version, as \"snapshots list\" shows them.")
  private Long version;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = {"Where to.", "Default: MODEL-VERSION.safetensors in this directory."})
  private Path out;

  @Option(names = "--force", description = "Overwrite the file if there is one.")
  private boolean force;

  SnapshotsExportCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    var console = context.console();
    var path = out == null ? Path.of("%s-%d.safetensors".formatted(options.model(), version)) : out;
    var target = new NewFile(path, force);
    target.requireFree();
    byte[] file = options.client(console).file(options.model(), version);
    requireVersion(file);
    target.write(file);
    if (options.json()) {
      var json = Json.MAPPER.createObjectNode();
      json.put("model", options.model()).put("version", version);
      json.put("file", path.toString()).put("bytes", file.length);
      console.print(json.toString());
    } else {
      console.print(
          "version %d of model %s is in %s (%d bytes)"
              .formatted(version, options.model(), path, file.length));
    }
    return ExitCode.OK;
  }

  private void requireVersion(byte[] file) {
    try {
      long found = SnapshotFile.read(file).version();
      if (found != version) {
        throw new CommandFailedException(
            "%s sent version %d when asked for %d".formatted(options.url(), found, version));
      }
    } catch (SnapshotException e) {
      throw new CommandFailedException(
          "what %s sent is not a snapshot that this version can read: %s"
              .formatted(options.url(), Fields.sentence(e.getMessage())),
          e);
    }
  }
}
