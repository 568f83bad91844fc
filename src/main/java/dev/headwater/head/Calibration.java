package dev.headwater.head;

/**
 * How scores become log-odds, and log-odds a decision: {@code linear · l + neural · n + bias},
 * logistic regression on scores given before the label was known (stacking, Wolpert 1992; of one
 * score it is Platt's scaling, 1999).
 *
 * @param linear log-odds a unit of the linear component, not negative
 * @param neural weight of the network's log-odds, not negative
 * @param bias log-odds where both scores are 0
 * @param threshold the probability from which on the positive class is predicted
 */
public record Calibration(double linear, double neural, double bias, double threshold) {

  public Calibration {
    if (!(linear >= 0 && neural >= 0)
        || !Double.isFinite(linear)
        || !Double.isFinite(neural)
        || !Double.isFinite(bias)) {
      throw new IllegalArgumentException(
          "weights of scores %s and %s, bias %s: expected finite ones, the weights not negative"
              .formatted(linear, neural, bias));
    }
    if (!(threshold > 0 && threshold < 1)) {
      throw new IllegalArgumentException(
          "threshold %s, expected more than 0 and less than 1".formatted(threshold));
    }
  }

  /** Returns how scores are weighed before any was judged. */
  public static Calibration initial(DecisionRule rule) {
    return ThresholdTuning.tune(CalibrationFit.prior(0), ScoreWindow.EMPTY, rule);
  }

  /** Returns the log-odds of the positive class. */
  public double logit(BaseScores scores) {
    return linear * scores.linear() + neural * scores.neural() + bias;
  }

  /** Returns the probability of the positive class, from 0 to 1. */
  public double probability(BaseScores scores) {
    return sigmoid(logit(scores));
  }

  /** Whether a probability is on the positive side of the threshold. */
  public boolean predictsPositive(double probability) {
    return probability >= threshold;
  }

  /** Returns the same weights with another threshold. */
  public Calibration withThreshold(double other) {
    return new Calibration(linear, neural, bias, other);
  }

  /** The same bits on every machine: what follows from it is state. */
  static double sigmoid(double logit) {
    return 1 / (1 + StrictMath.exp(-logit));
  }
}
