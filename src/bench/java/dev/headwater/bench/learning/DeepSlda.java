package dev.headwater.bench.learning;

import dev.headwater.backbone.Embedding;

/**
 * Deep streaming linear discriminant analysis (Hayes and Kanan 2020): a running mean for each
 * class, one running covariance for both, and from time to time the linear classifier that follows
 * from them.
 *
 * <p>Departs from the published code in one point, to its advantage: the first image of a class
 * does not count for the covariance, since its distance from a mean that is not known yet says
 * nothing.
 */
final class DeepSlda implements Learner {

  /**
   * How the classifier is made.
   *
   * @param shrinkage share of the identity in the covariance that is inverted, over 0, below 1
   * @param scaled whether the identity is scaled to the mean variance of an input
   * @param early whether to refit at 4, 8 and 16 images too, not only each 32
   */
  record Settings(double shrinkage, boolean scaled, boolean early) {
    static final Settings PUBLISHED = new Settings(1e-4, false, false);
    static final Settings SCALED = new Settings(0.1, true, true);
  }

  private static final int REFIT = 32;

  private final Settings settings;
  private final double[][] means;
  private final long[] counts = new long[2];

  /** The covariance's upper triangle: row i holds columns i and up. */
  private final double[][] covariance;

  private double[] weights;
  private double bias;

  DeepSlda(int inputs, Settings settings) {
    this.settings = settings;
    means = new double[2][inputs];
    weights = new double[inputs];
    covariance = new double[inputs][];
    for (int i = 0; i < inputs; i++) {
      covariance[i] = new double[inputs - i];
    }
  }

  @Override
  public Answer predict(Embedding embedding, String domain) {
    double score = bias;
    for (int i = 0; i < weights.length; i++) {
      score += weights[i] * embedding.value(i);
    }
    return Answer.of(1 / (1 + Math.exp(-score)));
  }

  @Override
  public void learn(Embedding embedding, boolean positive, String domain) {
    int label = positive ? 1 : 0;
    var distance = new double[weights.length];
    for (int i = 0; i < distance.length; i++) {
      distance[i] = embedding.value(i) - means[label][i];
    }
    if (counts[label] > 0) {
      updateCovariance(distance, counts[0] + counts[1]);
    }
    counts[label]++;
    for (int i = 0; i < distance.length; i++) {
      means[label][i] += distance[i] / counts[label];
    }
    if (isRefitDue(counts[0] + counts[1])) {
      refit();
    }
  }

  private boolean isRefitDue(long seen) {
    return counts[0] > 0
        && counts[1] > 0
        && (seen % REFIT == 0 || (settings.early() && (seen == 4 || seen == 8 || seen == 16)));
  }

  /** Sigma := (t Sigma + t / (t + 1) d d') / (t + 1), with t images before this one. */
  private void updateCovariance(double[] distance, long before) {
    double keep = before / (before + 1.0);
    double add = keep / (before + 1.0);
    for (int i = 0; i < distance.length; i++) {
      double[] row = covariance[i];
      double factor = add * distance[i];
      for (int j = 0; j < row.length; j++) {
        row[j] = keep * row[j] + factor * distance[i + j];
      }
    }
  }

  private void refit() {
    int inputs = weights.length;
    var difference = new double[inputs];
    for (int i = 0; i < inputs; i++) {
      difference[i] = means[1][i] - means[0][i];
    }
    weights = Cholesky.solve(shrunkCovariance(), difference);
    bias = 0;
    for (int i = 0; i < inputs; i++) {
      bias -= 0.5 * weights[i] * (means[1][i] + means[0][i]);
    }
  }

  private double[][] shrunkCovariance() {
    double identity = settings.shrinkage() * (settings.scaled() ? meanVariance() : 1);
    var shrunk = new double[covariance.length][];
    for (int i = 0; i < shrunk.length; i++) {
      shrunk[i] = covariance[i].clone();
      for (int j = 0; j < shrunk[i].length; j++) {
        shrunk[i][j] *= 1 - settings.shrinkage();
      }
      shrunk[i][0] += identity;
    }
    return shrunk;
  }

  private double meanVariance() {
    double sum = 0;
    for (double[] row : covariance) {
      sum += row[0];
    }
    return Math.max(sum / covariance.length, 1e-6);
  }
}
