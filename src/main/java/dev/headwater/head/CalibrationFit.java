package dev.headwater.head;

import java.util.ArrayList;
import java.util.List;

/**
 * Fits a {@link Calibration}'s weights to a window of scores: the most probable ones under a
 * Gaussian prior, by Newton's method, so that a few scores move them little and many decide.
 *
 * <p>The prior says that the linear component can be trusted at once, the network as it gains
 * experience: it is at its best after some hundred examples, and misleads before.
 */
final class CalibrationFit {
  private static final double LINEAR_PRIOR = 2;
  private static final double NEURAL_PRIOR = 0.3;

  /** Examples after which the network's prior is half of what it will be. */
  private static final double NEURAL_EXPERIENCE = 128;

  /** Of linear weight, neural weight and bias: one over the prior's variance. */
  private static final double[] PRECISION = {1, 10, 10};

  /** Fewer scores than this do not move the prior. */
  private static final int FEWEST_VOTES = 16;

  private static final int LINEAR = 0;
  private static final int NEURAL = 1;
  private static final int BIAS = 2;
  private static final int NEWTON_STEPS = 8;
  private static final int MOST_HALVINGS = 10;

  /** One score as a row of the regression. */
  private record Row(double[] inputs, double label, double weight) {}

  private final List<Row> rows;
  private final double[] prior;

  private CalibrationFit(List<Row> rows, double[] prior) {
    this.rows = rows;
    this.prior = prior;
  }

  /**
   * Returns the weights before any score was judged, with a threshold of a half.
   *
   * @param examples learnt so far
   */
  static Calibration prior(long examples) {
    double neural = NEURAL_PRIOR * examples / (examples + NEURAL_EXPERIENCE);
    return new Calibration(LINEAR_PRIOR, neural, 0, 0.5);
  }

  /** Returns the weights after the scores of a window were judged, with a threshold of a half. */
  static Calibration fit(ScoreWindow window, long examples) {
    var prior = prior(examples);
    if (window.size() < FEWEST_VOTES) {
      return prior;
    }
    var rows = new ArrayList<Row>(window.size());
    add(rows, window.negatives(), 0, window.weight(false));
    add(rows, window.positives(), 1, window.weight(true));
    return new CalibrationFit(rows, new double[] {prior.linear(), prior.neural(), prior.bias()})
        .fit();
  }

  private static void add(List<Row> rows, List<JudgedScores> judged, double label, double weight) {
    for (JudgedScores score : judged) {
      rows.add(
          new Row(
              new double[] {score.scores().linear(), score.scores().neural(), 1}, label, weight));
    }
  }

  private Calibration fit() {
    var free = new boolean[] {true, true, true};
    double[] weights = newton(free);
    // A score against the evidence is worth nothing; it does not count the other way round.
    free[LINEAR] = weights[LINEAR] > 0;
    free[NEURAL] = weights[NEURAL] > 0;
    if (!free[LINEAR] || !free[NEURAL]) {
      weights = newton(free);
    }
    return new Calibration(
        Math.max(0, weights[LINEAR]), Math.max(0, weights[NEURAL]), weights[BIAS], 0.5);
  }

  /** Weights that are not free stay 0. */
  private double[] newton(boolean[] free) {
    var weights = new double[prior.length];
    for (int k = 0; k < weights.length; k++) {
      weights[k] = free[k] ? prior[k] : 0;
    }
    for (int step = 0; step < NEWTON_STEPS; step++) {
      weights = descend(weights, newtonStep(weights, free));
    }
    return weights;
  }

  private double[] descend(double[] weights, double[] step) {
    double before = loss(weights);
    double share = 1;
    for (int i = 0; i < MOST_HALVINGS; i++) {
      var next = weights.clone();
      for (int k = 0; k < next.length; k++) {
        next[k] -= share * step[k];
      }
      if (loss(next) <= before) {
        return next;
      }
      share /= 2;
    }
    return weights;
  }

  private double loss(double[] weights) {
    double loss = 0;
    for (int k = 0; k < weights.length; k++) {
      double distance = weights[k] - prior[k];
      loss += PRECISION[k] * distance * distance / 2;
    }
    for (Row row : rows) {
      double margin = (row.label() > 0 ? 1 : -1) * logit(weights, row);
      loss +=
          row.weight()
              * (StrictMath.log1p(StrictMath.exp(-Math.abs(margin))) + Math.max(0, -margin));
    }
    return loss;
  }

  private static double logit(double[] weights, Row row) {
    double logit = 0;
    for (int k = 0; k < weights.length; k++) {
      logit += weights[k] * row.inputs()[k];
    }
    return logit;
  }

  private double[] newtonStep(double[] weights, boolean[] free) {
    int size = weights.length;
    var gradient = new double[size];
    var curvature = new double[size][size];
    for (int k = 0; k < size; k++) {
      gradient[k] = PRECISION[k] * (weights[k] - prior[k]);
      curvature[k][k] = PRECISION[k];
    }
    for (Row row : rows) {
      double p = Calibration.sigmoid(logit(weights, row));
      for (int k = 0; k < size; k++) {
        gradient[k] += row.weight() * (p - row.label()) * row.inputs()[k];
        for (int l = 0; l < size; l++) {
          curvature[k][l] += row.weight() * p * (1 - p) * row.inputs()[k] * row.inputs()[l];
        }
      }
    }
    for (int k = 0; k < size; k++) {
      if (!free[k]) {
        gradient[k] = 0;
        for (int l = 0; l < size; l++) {
          curvature[k][l] = 0;
          curvature[l][k] = 0;
        }
        curvature[k][k] = 1;
      }
    }
    return solve(curvature, gradient);
  }

  /** Gauss' elimination; the matrix is positive definite, since the prior is. */
  private static double[] solve(double[][] matrix, double[] right) {
    int size = right.length;
    for (int pivot = 0; pivot < size; pivot++) {
      for (int row = pivot + 1; row < size; row++) {
        double factor = matrix[row][pivot] / matrix[pivot][pivot];
        for (int k = pivot; k < size; k++) {
          matrix[row][k] -= factor * matrix[pivot][k];
        }
        right[row] -= factor * right[pivot];
      }
    }
    for (int row = size - 1; row >= 0; row--) {
      for (int k = row + 1; k < size; k++) {
        right[row] -= matrix[row][k] * right[k];
      }
      right[row] /= matrix[row][row];
    }
    return right;
  }
}
