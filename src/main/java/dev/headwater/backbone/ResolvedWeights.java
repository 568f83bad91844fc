package dev.headwater.backbone;

import dev.headwater.backbone.BackboneId.Quality;
import java.nio.file.Path;

/**
 * Weights that were found, with where they came from.
 *
 * @param weights the weights
 * @param preprocessing what they were trained with
 * @param quality whether they are the published ones or a stand-in
 * @param origin where they came from, in words for a log line
 * @param file the file they were read from
 */
public record ResolvedWeights(
    KerasWeights weights, Preprocessing preprocessing, Quality quality, String origin, Path file) {

  /** Reads a file; one that names its preprocessing is a stand-in that this project converted. */
  static ResolvedWeights read(Path file, String origin) {
    KerasWeightsFile.Content content = KerasWeightsFile.read(file);
    boolean converted = content.preprocessing().isPresent();
    return new ResolvedWeights(
        content.weights(),
        content.preprocessing().orElse(Preprocessing.SYMMETRIC),
        converted ? Quality.REDUCED : Quality.FULL,
        origin,
        file);
  }
}
