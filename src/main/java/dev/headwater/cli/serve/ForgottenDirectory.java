package dev.headwater.cli.serve;

import dev.headwater.cli.client.CommandFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/**
 * A directory in the user's cache for data that nobody will miss.
 *
 * @param path where it is
 */
record ForgottenDirectory(Path path) {
  static ForgottenDirectory create() {
    Path cache = cache();
    try {
      Files.createDirectories(cache);
      return new ForgottenDirectory(Files.createTempDirectory(cache, "demo-"));
    } catch (IOException e) {
      throw new CommandFailedException(
          "cannot create a directory for the demo's data in %s; give one with --data"
              .formatted(cache),
          e);
    }
  }

  private static Path cache() {
    String home = System.getenv("XDG_CACHE_HOME");
    Path base =
        home == null || home.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(home);
    return base.resolve("headwater");
  }

  /** Deletes it with all that is in it. */
  void delete() {
    try (var files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new CommandFailedException("cannot delete the demo's data in " + path, e);
    }
  }
}
