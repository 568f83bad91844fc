package dev.headwater.faults;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Local state that a disk has lost: noise from a random place on, over about half of the files of
 * all stores, {@code .checkpoint} among them, or over exactly one file of each task. What comes
 * first is found out first, so that a file of data or a checkpoint is put to the test only alone.
 */
final class SpoiledState {
  private static final String CHECKPOINT = ".checkpoint";

  private SpoiledState() {}

  /** Spoils the state of a process that is dead; returns what was overwritten. */
  static List<Path> spoil(Path state, long seed) {
    var random = new SplittableRandom(seed);
    try (var files = Files.walk(state)) {
      var all = files.filter(SpoiledState::isOfAStore).sorted().toList();
      var spoiled = random.nextBoolean() ? half(all, random) : oneOfEachTask(all, random);
      for (Path file : spoiled) {
        overwrite(file, random);
      }
      return spoiled;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> half(List<Path> all, SplittableRandom random) {
    return all.stream().filter(file -> random.nextBoolean()).toList();
  }

  /** Draws what kind of file first: of most kinds there are many more than of others. */
  private static List<Path> oneOfEachTask(List<Path> all, SplittableRandom random) {
    var drawn = new ArrayList<Path>();
    var tasks = all.stream().collect(groupingBy(SpoiledState::task, TreeMap::new, toList()));
    for (List<Path> files : tasks.values()) {
      var kinds = files.stream().collect(groupingBy(SpoiledState::kind, TreeMap::new, toList()));
      drawn.add(draw(draw(List.copyOf(kinds.values()), random), random));
    }
    return drawn;
  }

  private static <T> T draw(List<T> from, SplittableRandom random) {
    return from.get(random.nextInt(from.size()));
  }

  /** Leaves what names the instance: losing that is losing the directory, not spoiling it. */
  private static boolean isOfAStore(Path file) {
    return Files.isRegularFile(file)
        && (file.toString().contains("rocksdb") || file.endsWith(CHECKPOINT));
  }

  /** Its directory, in which its checkpoint lies, and its stores in a directory of their own. */
  private static Path task(Path file) {
    var directory = file.getParent();
    while (directory.toString().contains("rocksdb")) {
      directory = directory.getParent();
    }
    return directory;
  }

  private static String kind(Path file) {
    if (file.endsWith(CHECKPOINT)) {
      return "checkpoint";
    }
    return file.toString().endsWith(".sst") ? "data" : "other";
  }

  private static void overwrite(Path file, SplittableRandom random) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      long size = channel.size();
      long from = size == 0 ? 0 : random.nextLong(size);
      var noise = new byte[(int) Math.min(64 << 10, Math.max(16, size - from))];
      random.nextBytes(noise);
      channel.write(ByteBuffer.wrap(noise), from);
    }
  }
}
