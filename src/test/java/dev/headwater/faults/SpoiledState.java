package dev.headwater.faults;

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

/**
 * Local state that a disk has lost: of the stores of each task, about one file in two is
 * overwritten with noise from a random place on, {@code .checkpoint} among them.
 */
final class SpoiledState {
  private SpoiledState() {}

  /** Spoils the state of a process that is dead; returns what was overwritten. */
  static List<Path> spoil(Path state, long seed) {
    var random = new SplittableRandom(seed);
    var spoiled = new ArrayList<Path>();
    try (var files = Files.walk(state)) {
      for (Path file : files.filter(SpoiledState::isOfAStore).sorted().toList()) {
        if (random.nextBoolean()) {
          overwrite(file, random);
          spoiled.add(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return spoiled;
  }

  /** Leaves what names the instance: losing that is losing the directory, not spoiling it. */
  private static boolean isOfAStore(Path file) {
    return Files.isRegularFile(file)
        && (file.toString().contains("rocksdb") || file.endsWith(".checkpoint"));
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
