package dev.headwater.cli.serve;

import dev.headwater.backbone.Directories;
import dev.headwater.backbone.WeightsSettings;
import dev.headwater.cli.client.CommandFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A directory in the user's cache for the data of one demo, deleted afterwards.
 *
 * @param path where it is
 */
record TemporaryDataDirectory(Path path) {
  static TemporaryDataDirectory create() {
    Path cache = WeightsSettings.of(System.getenv()).cache();
    try {
      Files.createDirectories(cache);
      return new TemporaryDataDirectory(Files.createTempDirectory(cache, "demo-"));
    } catch (IOException e) {
      throw new CommandFailedException(
          "cannot create a directory for the demo's data in %s; give one with --data"
              .formatted(cache),
          e);
    }
  }

  /** Deletes it with all that is in it. */
  void delete() {
    try {
      Directories.delete(path);
    } catch (IOException e) {
      throw new CommandFailedException("cannot delete the demo's data in " + path, e);
    }
  }
}
