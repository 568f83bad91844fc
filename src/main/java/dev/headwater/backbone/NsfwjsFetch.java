package dev.headwater.backbone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

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
        Path tarball = NpmPackage.fetch(List.of(source), npm, directory, limit, progress).get(0);
        Files.deleteIfExists(target);
        KerasWeightsWriter.write(target, NsfwjsModel.read(tarball), NsfwjsModel.PREPROCESSING);
      } finally {
        Directories.delete(directory);
      }
    } catch (NpmPackage.FetchException e) {
      throw new WeightsException(
          "%s, or pass a weights file with --weights or %s"
              .formatted(e.getMessage(), WeightsSettings.VARIABLE),
          e);
    } catch (IOException e) {
      throw new WeightsException(
          "%s could not be unpacked (%s); check the space in the temporary directory"
              .formatted(source.spec(), e),
          e);
    }
  }
}
