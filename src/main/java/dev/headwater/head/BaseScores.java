package dev.headwater.head;

/**
 * What the two components of a learner say of one image, before they are weighed.
 *
 * @param linear score of the linear discriminant, about -1 to 1
 * @param neural log-odds of the network trained by gradient
 */
public record BaseScores(double linear, double neural) {
  /** Log-odds beyond this are no better known. */
  private static final double MOST = 20;

  /** Returns scores that no single answer can outweigh all others by. */
  BaseScores bounded() {
    return new BaseScores(bounded(linear), bounded(neural));
  }

  /** As a float, which is what is kept. */
  private static double bounded(double score) {
    return (float) Math.max(-MOST, Math.min(MOST, score));
  }
}
