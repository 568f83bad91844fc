package dev.headwater.cli.life;

import dev.headwater.cli.client.CommandFailedException;
import dev.headwater.cli.client.Context;
import dev.headwater.event.Fields;
import dev.headwater.event.SnapshotImport;
import dev.headwater.snapshot.SnapshotException;
import dev.headwater.snapshot.SnapshotFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code headwater snapshots import}: puts a head from a file into service. */
@Command(
    name = "import",
    description = {
      "Imports the head in a safetensors file as a version of a model and puts it into service: one"
          + " that was exported, or one trained elsewhere (docs/snapshots.md says how to write it)."
          + " It must be for the service's backbone, and serves until a later version has proved"
          + " not to be worse.",
      ""
    })
final class SnapshotsImportCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private ModelOptions options;
  @Mixin private RequestId id;

  @Parameters(index = "1", paramLabel = "FILE", description = "The safetensors file.")
  private Path file;

  SnapshotsImportCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    byte[] bytes = read();
    try {
      SnapshotFile.readImport(bytes);
    } catch (SnapshotException e) {
      throw new CommandFailedException(
          "%s cannot be imported: %s".formatted(file, Fields.sentence(e.getMessage())), e);
    }
    var client = options.client(context.console());
    return Outcomes.print(
        client.importFile(options.model(), bytes, id.get()), options.json(), context.console());
  }

  private byte[] read() {
    try (var in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(SnapshotImport.LARGEST + 1);
      if (bytes.length > SnapshotImport.LARGEST) {
        throw new CommandFailedException(
            "%s has more than %d bytes, which is too large for a head"
                .formatted(file, SnapshotImport.LARGEST));
      }
      return bytes;
    } catch (NoSuchFileException e) {
      throw new CommandFailedException("there is no file %s".formatted(file), e);
    } catch (IOException e) {
      throw new CommandFailedException("cannot read %s: %s".formatted(file, e), e);
    }
  }
}
