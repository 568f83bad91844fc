package dev.headwater.backbone;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A weights file that any machine can make: it embeds, steadily and without any sense. */
public final class RandomWeightsFile {
  private static final long SEED = 21;

  private RandomWeightsFile() {}

  /** Returns the option that names such a file in a directory, written where it is missing. */
  public static List<String> option(Path directory) {
    Path file = directory.resolve("random-weights.h5");
    if (!Files.exists(file)) {
      KerasWeightsWriter.write(file, RandomWeights.layers(SEED), Preprocessing.SYMMETRIC);
    }
    return List.of("--weights", file.toString());
  }
}
