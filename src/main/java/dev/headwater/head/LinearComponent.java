package dev.headwater.head;

import dev.headwater.backbone.Embedding;

/**
 * A linear score of an embedding, {@code weights · x + bias}: positive for the positive class.
 *
 * <p>Its unit is arbitrary: {@link Calibration} turns it into log-odds. Immutable.
 */
public final class LinearComponent {
  private final float[] weights;
  private final float bias;

  /**
   * @param weights one an input; copied
   * @throws IllegalArgumentException if there is none, or a number is not finite
   */
  public LinearComponent(float[] weights, float bias) {
    if (weights.length == 0) {
      throw new IllegalArgumentException("a linear component of 0 inputs, expected at least 1");
    }
    this.weights = weights.clone();
    this.bias = bias;
    for (int i = 0; i < weights.length; i++) {
      if (!Float.isFinite(weights[i])) {
        throw notFinite("weight %d".formatted(i), weights[i]);
      }
    }
    if (!Float.isFinite(bias)) {
      throw notFinite("bias", bias);
    }
  }

  private static IllegalArgumentException notFinite(String what, float value) {
    return new IllegalArgumentException(
        "the %s of a linear component is %s, expected a finite number".formatted(what, value));
  }

  /** Returns the score that says 0 of everything: it cannot tell. */
  public static LinearComponent none(int inputs) {
    return new LinearComponent(new float[inputs], 0f);
  }

  /**
   * Returns the score.
   *
   * @throws IllegalArgumentException if the embedding has another number of values
   */
  public double score(Embedding embedding) {
    if (embedding.size() != weights.length) {
      throw new IllegalArgumentException(
          "embedding of %d values, this linear component expects %d"
              .formatted(embedding.size(), weights.length));
    }
    double score = bias;
    for (int i = 0; i < weights.length; i++) {
      score += (double) weights[i] * embedding.value(i);
    }
    return score;
  }

  public int inputs() {
    return weights.length;
  }

  public float[] copyOfWeights() {
    return weights.clone();
  }

  public float bias() {
    return bias;
  }

  /** The weights themselves, for the loops of this package, which only read them. */
  float[] weights() {
    return weights;
  }
}
