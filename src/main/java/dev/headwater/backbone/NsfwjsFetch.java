package dev.headwater.backbone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Fetches the stand-in weights from npm and converts them to a Keras weights file. */
final class NsfwjsFetch {
  private final NpmPackage source;
  private final List<String> npm;
  private final Duration limit;
  private final Progress progress;

  NsfwjsFetch(NpmPackage source, List<String> npm, Duration limit, Progress progress) {
    this.source = source;
    this.npm = npm;
    this.limit = limit;
    this.progress = progress;
  }

  /**
   * Writes the converted weights to {@code target}.
   *
   * @throws WeightsException if npm or the package fails
   */
  void to(Path target) {
    try {
      Path directory = Files.createTempDirectory("headwater-npm");
      try {
        Path tarball = source.fetch(npm, directory, limit, progress);
        Files.deleteIfExists(target);
        KerasWeightsWriter.write(target, NsfwjsModel.read(tarball), NsfwjsModel.PREPROCESSING);
      } finally {
        delete(directory);
      }
    } catch (IOException e) {
      throw new WeightsException(
          "%s could not be unpacked (%s); check the space in the temporary directory"
              .formatted(source.spec(), e),
          e);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
