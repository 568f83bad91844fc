package dev.headwater.head;

import dev.headwater.backbone.Embedding;
import java.util.SplittableRandom;

/**
 * A {@code Dense(hidden, relu) → Dense(1, sigmoid)} head that scores embeddings: the head of the
 * Keras transfer-learning recipe.
 *
 * <p>Immutable and thread-safe. Scoring is plain Java with double accumulators: it gives the same
 * bits on every machine, needs no native memory, and the same numbers follow from the four tensors
 * alone.
 *
 * @param parameters its weights
 */
public record DenseHead(HeadParameters parameters) {
  /** Hidden units of the recipe. */
  public static final int HIDDEN = 128;

  /**
   * Returns an untrained head: kernels Glorot-uniform (Glorot and Bengio 2010), biases zero, as
   * Keras does.
   *
   * @param seed the same seed gives the same weights
   */
  public static DenseHead initial(int inputs, long seed) {
    return initial(inputs, HIDDEN, seed);
  }

  /** Returns an untrained head of another number of hidden units. */
  static DenseHead initial(int inputs, int hidden, long seed) {
    var random = new SplittableRandom(seed);
    return new DenseHead(
        new HeadParameters(
            glorotUniform(random, inputs, hidden),
            new float[hidden],
            glorotUniform(random, hidden, 1),
            0f));
  }

  private static float[] glorotUniform(SplittableRandom random, int fanIn, int fanOut) {
    double limit = Math.sqrt(6.0 / (fanIn + fanOut));
    var values = new float[fanIn * fanOut];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-limit, limit);
    }
    return values;
  }

  /** Returns the probability of the positive class, from 0 to 1. */
  public double probability(Embedding embedding) {
    return 1.0 / (1.0 + StrictMath.exp(-logit(embedding)));
  }

  /**
   * Returns the log-odds of the positive class.
   *
   * @throws IllegalArgumentException if the embedding is not as long as the head's input
   */
  public double logit(Embedding embedding) {
    if (embedding.size() != parameters.inputs()) {
      throw new IllegalArgumentException(
          "embedding of %d values, this head expects %d"
              .formatted(embedding.size(), parameters.inputs()));
    }
    double[] activations = hiddenPreActivations(embedding);
    float[] outputKernel = parameters.outputKernel();
    double logit = parameters.outputBias();
    for (int j = 0; j < activations.length; j++) {
      logit += Math.max(0, activations[j]) * outputKernel[j];
    }
    return logit;
  }

  private double[] hiddenPreActivations(Embedding embedding) {
    int hidden = parameters.hidden();
    float[] kernel = parameters.kernel();
    float[] bias = parameters.bias();
    var sums = new double[hidden];
    for (int j = 0; j < hidden; j++) {
      sums[j] = bias[j];
    }
    for (int i = 0; i < embedding.size(); i++) {
      double x = embedding.value(i);
      if (x != 0) {
        int row = i * hidden;
        for (int j = 0; j < hidden; j++) {
          sums[j] += x * kernel[row + j];
        }
      }
    }
    return sums;
  }
}
