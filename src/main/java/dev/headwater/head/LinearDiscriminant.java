package dev.headwater.head;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Linear discriminant analysis (Fisher 1936) of the examples kept for replay: {@code w = S⁻¹ (m₁ -
 * m₀)}, where m are the classes' means and S is their common covariance, shrunk (Ledoit and Wolf
 * 2004) since there are more inputs than examples at first: towards a multiple of the identity,
 * inputs being measured in their standard deviations.
 *
 * <p>The closed form is right from the first examples on, when a network trained by gradient is
 * not. S is never formed: conjugate gradients (Hestenes and Stiefel 1952) ask only for its product
 * with a vector, and start from the weights before. So no covariance has to be state; what the
 * reservoir forgets, this forgets. Plain Java in a fixed order: the same examples give the same
 * bits on every machine.
 */
final class LinearDiscriminant {
  /**
   * Share of the identity in S. 0.4 and 0.6 differ by less than the seeds do; 0.01 costs one to two
   * points on the streams that it was measured on (docs/adr/0008).
   */
  static final double SHRINKAGE = 0.5;

  private static final int MOST_ITERATIONS = 5;

  /** Squared length of what is left over, as a share of that of m₁ - m₀. */
  private static final double TOLERANCE = 1e-6;

  /**
   * Longest weights, in standard deviations. Some tenths are usual; two examples that are all but
   * alike would ask for thousands, and any other image would be scored in thousands.
   */
  private static final double MOST_NORM = 1;

  /** Below this a variance, or a mean squared score, counts as none. */
  private static final double NOTHING = 1e-12;

  private final int inputs;
  private final int count;
  private final float[] centred;
  private final double[] shares;
  private final double[] difference;
  private final double[] middle;
  private final double[] scales;
  private double identity;

  private LinearDiscriminant(
      List<Example> examples, ToDoubleFunction<Example> weights, double[] scales) {
    this.scales = scales;
    count = examples.size();
    inputs = examples.get(0).embedding().size();
    centred = new float[count * inputs];
    shares = examples.stream().mapToDouble(weights).toArray();
    double all = Arrays.stream(shares).sum();
    for (int i = 0; i < count; i++) {
      shares[i] /= all;
    }
    difference = new double[inputs];
    middle = new double[inputs];
    var inverse = new float[inputs];
    for (int k = 0; k < inputs; k++) {
      inverse[k] = (float) (1 / scales[k]);
    }
    for (int i = 0; i < count; i++) {
      examples.get(i).embedding().copyTo(centred, i * inputs);
      Rows.multiply(centred, i * inputs, inverse);
    }
  }

  /**
   * Returns the discriminant, scaled so that its mean squared score over the examples is 1, or less
   * if its weights would be longer than is credible.
   *
   * @param weights how much an example counts, more than 0; only the proportions matter
   * @param statistics of the inputs, which say what their standard deviations are
   * @param start the discriminant before, or any other component of as many inputs
   * @return empty if a class is missing, or nothing tells them apart
   */
  static Optional<LinearComponent> fit(
      List<Example> examples,
      ToDoubleFunction<Example> weights,
      InputStatistics statistics,
      LinearComponent start) {
    long positives = examples.stream().filter(Example::positive).count();
    if (positives == 0 || positives == examples.size()) {
      return Optional.empty();
    }
    var problem = new LinearDiscriminant(examples, weights, statistics.scales());
    problem.centre(examples);
    return problem.scaled(problem.solve(start.weights()));
  }

  /** Takes from each example the mean of its class. */
  private void centre(List<Example> examples) {
    var sums = new double[2];
    for (int i = 0; i < count; i++) {
      sums[examples.get(i).positive() ? 1 : 0] += shares[i];
    }
    var means = new float[2][inputs];
    for (int i = 0; i < count; i++) {
      int side = examples.get(i).positive() ? 1 : 0;
      Rows.add(means[side], (float) (shares[i] / sums[side]), centred, i * inputs);
    }
    for (int k = 0; k < inputs; k++) {
      difference[k] = means[1][k] - means[0][k];
      middle[k] = (means[1][k] + means[0][k]) / 2;
    }
    double squares = 0;
    for (int i = 0; i < count; i++) {
      Rows.subtract(centred, i * inputs, means[examples.get(i).positive() ? 1 : 0]);
      squares += shares[i] * Rows.squares(centred, i * inputs, inputs);
    }
    identity = Math.max(NOTHING, squares / inputs);
  }

  /** Solves {@code S w = m₁ - m₀} by conjugate gradients. */
  private double[] solve(float[] start) {
    double[] weights = along(start);
    var residual = new double[inputs];
    double[] product = covarianceTimes(weights);
    for (int k = 0; k < inputs; k++) {
      residual[k] = difference[k] - product[k];
    }
    double[] direction = residual.clone();
    double left = dot(residual, residual);
    double enough = TOLERANCE * dot(difference, difference);
    for (int step = 0; step < MOST_ITERATIONS && left > enough; step++) {
      product = covarianceTimes(direction);
      double length = left / dot(direction, product);
      for (int k = 0; k < inputs; k++) {
        weights[k] += length * direction[k];
        residual[k] -= length * product[k];
      }
      double next = dot(residual, residual);
      for (int k = 0; k < inputs; k++) {
        direction[k] = residual[k] + next / left * direction[k];
      }
      left = next;
    }
    return weights;
  }

  /** The best multiple of a vector to start from: its length is another fit's. */
  private double[] along(float[] start) {
    var direction = new double[inputs];
    for (int k = 0; k < inputs; k++) {
      direction[k] = start[k] * scales[k];
    }
    double curvature = dot(direction, covarianceTimes(direction));
    double length = curvature > NOTHING ? dot(direction, difference) / curvature : 0;
    for (int k = 0; k < inputs; k++) {
      direction[k] *= length;
    }
    return direction;
  }

  /** Returns {@code S v}, one pass over the examples. */
  private double[] covarianceTimes(double[] vector) {
    var narrow = new float[inputs];
    for (int k = 0; k < inputs; k++) {
      narrow[k] = (float) vector[k];
    }
    var sums = new float[inputs];
    for (int i = 0; i < count; i++) {
      float projection = (float) shares[i] * Rows.dot(centred, i * inputs, narrow);
      Rows.add(sums, projection, centred, i * inputs);
    }
    var product = new double[inputs];
    for (int k = 0; k < inputs; k++) {
      product[k] = (1 - SHRINKAGE) * sums[k] + SHRINKAGE * identity * vector[k];
    }
    return product;
  }

  /** Half way between the means scores 0, whatever the classes' shares; a unit mean square. */
  private Optional<LinearComponent> scaled(double[] weights) {
    double half = dot(weights, difference) / 2;
    var narrow = new float[inputs];
    for (int k = 0; k < inputs; k++) {
      narrow[k] = (float) weights[k];
    }
    double squares = 0;
    for (int i = 0; i < count; i++) {
      double within = Rows.dot(centred, i * inputs, narrow);
      squares += shares[i] * within * within;
    }
    // A score is ±half plus what is within the class, which is 0 on average.
    double meanSquare = squares + half * half;
    if (!(meanSquare > NOTHING) || !Double.isFinite(meanSquare)) {
      return Optional.empty();
    }
    double scale = Math.min(1 / Math.sqrt(meanSquare), MOST_NORM / norm(weights));
    for (int k = 0; k < inputs; k++) {
      narrow[k] = (float) (weights[k] * scale / scales[k]);
    }
    return Optional.of(new LinearComponent(narrow, (float) (-dot(weights, middle) * scale)));
  }

  private static double norm(double[] vector) {
    return Math.sqrt(dot(vector, vector));
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }
}
