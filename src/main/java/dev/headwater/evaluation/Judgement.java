package dev.headwater.evaluation;

/**
 * An answer as it was given, and the label that judges it.
 *
 * @param probability of the positive class, from 0 to 1, as it was given before the label was known
 * @param predictedPositive which class was answered, by the threshold of that time
 * @param positive the label
 */
public record Judgement(float probability, boolean predictedPositive, boolean positive) {
  /** How near to 0 and 1 the logarithm looks: one confident mistake must not weigh infinitely. */
  static final double CLIP = 1e-7;

  private static final int PREDICTED_POSITIVE = 1 << 31;
  private static final int POSITIVE = 1 << 30;

  /** Checks the probability. */
  public Judgement {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "probability is %s, expected 0 to 1".formatted(probability));
    }
    probability = probability + 0f; // -0 is 0
  }

  /** Whether the class that was answered is the label. */
  public boolean right() {
    return predictedPositive == positive;
  }

  /** Returns this answer as another label judges it. */
  public Judgement relabelled(boolean nowPositive) {
    return new Judgement(probability, predictedPositive, nowPositive);
  }

  /** Negative log-likelihood of the label in nats, the probability clipped to 1e-7 … 1 - 1e-7. */
  double logLoss() {
    double clipped = Math.min(Math.max(probability, CLIP), 1 - CLIP);
    return -StrictMath.log(positive ? clipped : 1 - clipped);
  }

  /** Squared distance of the probability from the label, from 0 to 1 (Brier 1950). */
  double squaredError() {
    double distance = (positive ? 1 : 0) - (double) probability;
    return distance * distance;
  }

  /** Returns this in 32 bits: a float from 0 to 1 leaves the two highest free. */
  public int packed() {
    return Float.floatToIntBits(probability)
        | (predictedPositive ? PREDICTED_POSITIVE : 0)
        | (positive ? POSITIVE : 0);
  }

  /** Returns what {@link #packed} packed. */
  public static Judgement unpacked(int packed) {
    return new Judgement(
        Float.intBitsToFloat(packed & ~(PREDICTED_POSITIVE | POSITIVE)),
        (packed & PREDICTED_POSITIVE) != 0,
        (packed & POSITIVE) != 0);
  }
}
