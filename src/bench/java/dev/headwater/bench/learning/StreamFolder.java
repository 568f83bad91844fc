package dev.headwater.bench.learning;

import dev.headwater.cli.client.CommandFailedException;
import dev.headwater.cli.produce.ImageFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A folder whose images make one stream.
 *
 * @param name the folder's name
 * @param folder its classes and domains
 */
record StreamFolder(String name, ImageFolder folder) {
  /** Levels of folders in {@code set/domain/class}. */
  private static final int SETS = 3;

  /**
   * Finds the streams: a folder of the layout {@code domain/class/file} or {@code class/file} is
   * one, and of {@code set/domain/class/file} each set is one.
   */
  static List<StreamFolder> find(List<Path> dirs) {
    var found = new ArrayList<StreamFolder>();
    for (Path dir : dirs) {
      try {
        var folders = depth(dir, SETS) < SETS ? List.of(dir) : children(dir);
        folders.forEach(
            folder ->
                found.add(
                    new StreamFolder(name(folder), ImageFolder.scan(folder, Optional.empty()))));
      } catch (IOException e) {
        throw new CommandFailedException("cannot list the folders of %s: %s".formatted(dir, e), e);
      }
    }
    return found;
  }

  private static int depth(Path dir, int most) throws IOException {
    int deepest = 0;
    if (most > 0) {
      for (Path child : children(dir)) {
        deepest = Math.max(deepest, 1 + depth(child, most - 1));
      }
    }
    return deepest;
  }

  private static List<Path> children(Path dir) throws IOException {
    if (!Files.isDirectory(dir)) {
      return List.of();
    }
    try (var entries = Files.list(dir)) {
      return entries
          .filter(Files::isDirectory)
          .filter(entry -> !name(entry).startsWith("."))
          .sorted(Comparator.comparing(StreamFolder::name))
          .toList();
    }
  }

  private static String name(Path path) {
    var name = path.toAbsolutePath().normalize().getFileName();
    return name == null ? "root" : name.toString();
  }
}
