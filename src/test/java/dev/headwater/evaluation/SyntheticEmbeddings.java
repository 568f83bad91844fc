package dev.headwater.evaluation;

import java.util.Random;

/**
 * Embeddings like a backbone's: of a mixture of kinds, through a ReLU, with heavy tails; drawn with
 * a seed.
 */
final class SyntheticEmbeddings {
  static final int SIZE = 1280;
  private static final int FACTORS = 8;
  private static final double DEGREES = 4;

  private final Random random;
  private final double[][] factors = new double[FACTORS][];

  SyntheticEmbeddings(long seed) {
    random = new Random(seed);
    for (int i = 0; i < FACTORS; i++) {
      factors[i] = kind(0.4);
    }
  }

  /** Returns the centre of a kind of image: a class in a domain. */
  double[] kind(double distance) {
    return random.doubles(SIZE).map(u -> distance * (2 * u - 1)).toArray();
  }

  /** Returns the centre of a kind that is like another, but moved. */
  double[] moved(double[] kind, double[] by) {
    var moved = kind.clone();
    for (int i = 0; i < SIZE; i++) {
      moved[i] += by[i];
    }
    return moved;
  }

  /** Draws an image of a kind. */
  float[] draw(double[] kind) {
    var values = kind.clone();
    for (double[] factor : factors) {
      double weight = random.nextGaussian();
      for (int i = 0; i < SIZE; i++) {
        values[i] += weight * factor[i];
      }
    }
    // One scale an image, as of Student's t: an image that is loud is so everywhere.
    double scale = 0.5 / Math.sqrt(chiSquare() / DEGREES);
    var embedding = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      embedding[i] = (float) Math.max(0, values[i] + scale * random.nextGaussian());
    }
    return embedding;
  }

  private double chiSquare() {
    double sum = 0;
    for (int i = 0; i < DEGREES; i++) {
      double normal = random.nextGaussian();
      sum += normal * normal;
    }
    return sum;
  }

  /** Draws an image of one of two kinds, of the first at a rate. */
  float[] draw(double rate, double[] first, double[] second) {
    return draw(random.nextDouble() < rate ? first : second);
  }
}
