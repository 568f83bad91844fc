package dev.headwater.snapshot;

import dev.headwater.backbone.Embedding;
import dev.headwater.head.DenseHead;
import dev.headwater.head.HeadParameters;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A head of the size that serves, with no weight zero, and embeddings as MobileNetV2 makes them.
 */
final class SampleHead {
  static final int INPUTS = 1280;
  static final String BACKBONE = "cd".repeat(32);

  private SampleHead() {}

  static DenseHead head(long seed) {
    var random = new SplittableRandom(seed);
    return new DenseHead(
        new HeadParameters(
            values(random, INPUTS * DenseHead.HIDDEN, 0.06),
            values(random, DenseHead.HIDDEN, 0.5),
            values(random, DenseHead.HIDDEN, 0.2),
            0.25f));
  }

  static Snapshot snapshot(long version) {
    return new Snapshot(
        "default",
        version,
        version - 1,
        BACKBONE,
        false,
        List.of("elephant", "giraffe \"ü\""),
        0.25,
        448,
        Optional.of(0.9375),
        Optional.empty(),
        Instant.parse("2026-01-31T12:00:00.5Z"),
        "training",
        head(version));
  }

  /** Rows of values from 0 on, each with its own fifth of the features. */
  static float[][] embeddings(int rows) {
    var random = new SplittableRandom(99);
    var all = new float[rows][INPUTS];
    for (int row = 0; row < rows; row++) {
      for (int i = row % 5; i < INPUTS; i += 5) {
        all[row][i] = random.nextInt(4) == 0 ? 0 : (float) random.nextDouble(0, 4);
      }
    }
    return all;
  }

  static double probability(DenseHead head, float[] embedding) {
    return head.probability(Embedding.copyOf(embedding));
  }

  private static float[] values(SplittableRandom random, int count, double most) {
    var values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextDouble(-most, most);
    }
    return values;
  }
}
