package dev.headwater.evaluation;

import java.nio.DoubleBuffer;

/**
 * Sums and products of vectors, from which their covariance follows; grows in place. Not
 * thread-safe.
 */
final class Scatter {
  /** A direction with less of its second moment left is one that the others explain. */
  private static final double SINGULAR = 1e-9;

  private final int size;
  private final double[] sums;

  /** The lower triangle, row by row. */
  private final double[] products;

  Scatter(int size) {
    this.size = size;
    sums = new double[size];
    products = new double[triangle(size)];
  }

  private static int triangle(int rows) {
    return rows * (rows + 1) / 2;
  }

  /** How many numbers there are to keep. */
  static int doubles(int size) {
    return size + triangle(size);
  }

  void add(double[] vector) {
    int at = 0;
    for (int row = 0; row < size; row++) {
      sums[row] += vector[row];
      for (int column = 0; column <= row; column++) {
        products[at++] += vector[row] * vector[column];
      }
    }
  }

  double sum(int index) {
    return sums[index];
  }

  /** Returns the squared distances from the mean of {@code count} vectors, in one direction. */
  double squares(int index, long count) {
    return products[triangle(index) + index] - sums[index] * sums[index] / count;
  }

  /**
   * Returns the Cholesky factor of the scatter around the mean, without directions in which the
   * vectors do not differ.
   */
  Factor factor(long count) {
    var lower = new double[products.length];
    var kept = new boolean[size];
    for (int row = 0; row < size; row++) {
      for (int column = 0; column <= row; column++) {
        int at = triangle(row) + column;
        double rest = products[at] - sums[row] * sums[column] / count;
        for (int k = 0; k < column; k++) {
          rest -= lower[triangle(row) + k] * lower[triangle(column) + k];
        }
        if (column < row) {
          lower[at] = kept[column] ? rest / lower[triangle(column) + column] : 0;
        } else {
          kept[row] = rest > SINGULAR * products[at];
          lower[at] = kept[row] ? Math.sqrt(rest) : 0;
        }
      }
    }
    return new Factor(lower, kept);
  }

  void write(DoubleBuffer target) {
    target.put(sums).put(products);
  }

  void read(DoubleBuffer source) {
    source.get(sums).get(products);
  }

  /** The scatter's factor: {@code lower * lower' = scatter} in the directions kept. */
  static final class Factor {
    private final double[] lower;
    private final boolean[] kept;

    private Factor(double[] lower, boolean[] kept) {
      this.lower = lower;
      this.kept = kept;
    }

    /** Returns in how many directions the vectors differ. */
    int rank() {
      int rank = 0;
      for (boolean direction : kept) {
        rank += direction ? 1 : 0;
      }
      return rank;
    }

    /** Returns {@code vector' * scatter^-1 * vector}. */
    double squaredLength(double[] vector) {
      var solved = new double[kept.length];
      double length = 0;
      for (int row = 0; row < kept.length; row++) {
        if (kept[row]) {
          double rest = vector[row];
          for (int k = 0; k < row; k++) {
            rest -= lower[triangle(row) + k] * solved[k];
          }
          solved[row] = rest / lower[triangle(row) + row];
          length += solved[row] * solved[row];
        }
      }
      return length;
    }
  }
}
