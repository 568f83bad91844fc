package dev.headwater.backbone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * A directory of weights files that were fetched before. A file appears there whole and readable,
 * or not at all: it is written beside its name, read back, forced to disk and then moved.
 */
final class WeightsCache {
  static final String KERAS = "mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_224_no_top.h5";
  static final String STAND_IN = "nsfwjs-4.4.0-mobilenet_v2.h5";

  private static final String PART = ".part";
  private static final Duration ABANDONED = Duration.ofHours(1);

  private final Path directory;

  WeightsCache(Path directory) {
    this.directory = directory;
  }

  Path file(String name) {
    return directory.resolve(name);
  }

  /**
   * Stores what {@code fill} writes to the file it is given, once that reads as weights.
   *
   * @return the stored weights
   * @throws WeightsException if the directory cannot be written, or from {@code fill}, or because
   *     what it wrote cannot be read
   */
  ResolvedWeights store(String name, String origin, Consumer<Path> fill) {
    try {
      Files.createDirectories(directory);
      deleteAbandoned();
      Path part = Files.createTempFile(directory, name + ".", PART);
      try {
        fill.accept(part);
        ResolvedWeights read = readBack(part, origin);
        force(part);
        Files.move(part, file(name), StandardCopyOption.ATOMIC_MOVE);
        return new ResolvedWeights(
            read.weights(), read.preprocessing(), read.quality(), origin, file(name));
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException | UncheckedIOException e) {
      throw new WeightsException(
          "the cache %s cannot be written (%s); make it writable, or point XDG_CACHE_HOME elsewhere"
              .formatted(directory, e),
          e);
    }
  }

  private static ResolvedWeights readBack(Path part, String origin) {
    try {
      return ResolvedWeights.read(part, origin);
    } catch (WeightsException e) {
      throw new WeightsException(
          "what came from %s cannot be used: %s".formatted(origin, e.getMessage()), e);
    }
  }

  private static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** Deletes what a killed process left behind; younger files may belong to a running one. */
  private void deleteAbandoned() throws IOException {
    Instant limit = Instant.now().minus(ABANDONED);
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(directory, "*" + PART)) {
      for (Path part : parts) {
        if (Files.getLastModifiedTime(part).toInstant().isBefore(limit)) {
          Files.deleteIfExists(part);
        }
      }
    }
  }
}
