package dev.headwater.cli.life;

import dev.headwater.cli.client.CommandFailedException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A file that is written atomically.
 *
 * @param path where
 * @param mayReplace whether one that is there already gives way
 */
record NewFile(Path path, boolean mayReplace) {
  /**
   * Checks, before anything is fetched, that there is a place for it.
   *
   * @throws CommandFailedException if there is a file already, or a directory
   */
  void requireFree() {
    if (Files.isDirectory(path)) {
      throw new CommandFailedException(
          "%s is a directory: name the file in it with --out".formatted(path));
    }
    if (mayReplace && Files.exists(path) && !Files.isRegularFile(path)) {
      throw new CommandFailedException(
          "%s is not a file that can be overwritten: name another with --out".formatted(path));
    }
    if (!mayReplace && Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      throw taken(null);
    }
  }

  /**
   * Writes it beside its place, then puts it there.
   *
   * @throws CommandFailedException if it cannot be written, or another has appeared meanwhile
   */
  void write(byte[] bytes) {
    Path place = path.toAbsolutePath();
    Path part = place.resolveSibling("." + place.getFileName() + "." + UUID.randomUUID());
    try {
      try {
        Files.write(part, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        if (mayReplace) {
          Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
        } else {
          putIfFree(part, place);
        }
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (FileAlreadyExistsException e) {
      throw taken(e);
    } catch (IOException e) {
      throw new CommandFailedException("cannot write %s: %s".formatted(path, e), e);
    }
  }

  /**
   * A hard link is refused where there is a file; a move, for file systems without links, looks
   * first, and would overwrite what appears then.
   */
  private static void putIfFree(Path part, Path place) throws IOException {
    try {
      Files.createLink(place, part);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (FileSystemException | UnsupportedOperationException e) {
      Files.move(part, place);
    }
  }

  private CommandFailedException taken(IOException cause) {
    return new CommandFailedException(
        "%s exists already: name another file with --out, or overwrite it with --force"
            .formatted(path),
        cause);
  }
}
