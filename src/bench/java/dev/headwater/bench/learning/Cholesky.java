package dev.headwater.bench.learning;

/** Solves systems of linear equations with a symmetric positive definite matrix. */
final class Cholesky {
  /** Rows eliminated at once, so that the rest of the matrix is read once for all of them. */
  private static final int PANEL = 4;

  private Cholesky() {}

  /**
   * Returns x with {@code matrix x = right}.
   *
   * @param matrix the upper triangle, row i holding columns i and up; overwritten
   * @throws IllegalArgumentException if the matrix is not positive definite
   */
  static double[] solve(double[][] matrix, double[] right) {
    int size = matrix.length;
    for (int first = 0; first < size; first += PANEL) {
      int end = Math.min(first + PANEL, size);
      eliminatePanel(matrix, first, end);
      for (int row = end; row < size; row++) {
        subtractPanel(matrix, first, end, row);
      }
    }
    return backward(matrix, forward(matrix, right.clone()));
  }

  /** Makes rows {@code first} to {@code end - 1} rows of the factor. */
  private static void eliminatePanel(double[][] matrix, int first, int end) {
    for (int k = first; k < end; k++) {
      double[] pivotRow = matrix[k];
      if (!(pivotRow[0] > 0)) {
        throw new IllegalArgumentException(
            "pivot %d is %s, expected a positive definite matrix".formatted(k, pivotRow[0]));
      }
      double root = Math.sqrt(pivotRow[0]);
      for (int j = 0; j < pivotRow.length; j++) {
        pivotRow[j] /= root;
      }
      for (int row = k + 1; row < end; row++) {
        subtract(matrix[row], pivotRow, row - k);
      }
    }
  }

  private static void subtract(double[] row, double[] pivotRow, int offset) {
    double factor = pivotRow[offset];
    for (int j = 0; j < row.length; j++) {
      row[j] -= factor * pivotRow[offset + j];
    }
  }

  private static void subtractPanel(double[][] matrix, int first, int end, int row) {
    if (end - first < PANEL) {
      for (int k = first; k < end; k++) {
        subtract(matrix[row], matrix[k], row - k);
      }
      return;
    }
    double[] target = matrix[row];
    double[] u0 = matrix[first];
    double[] u1 = matrix[first + 1];
    double[] u2 = matrix[first + 2];
    double[] u3 = matrix[first + 3];
    int offset = row - first;
    double f0 = u0[offset];
    double f1 = u1[offset - 1];
    double f2 = u2[offset - 2];
    double f3 = u3[offset - 3];
    for (int j = 0; j < target.length; j++) {
      target[j] -=
          f0 * u0[offset + j]
              + f1 * u1[offset - 1 + j]
              + f2 * u2[offset - 2 + j]
              + f3 * u3[offset - 3 + j];
    }
  }

  private static double[] forward(double[][] factor, double[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] /= factor[i][0];
      for (int j = 1; j < factor[i].length; j++) {
        values[i + j] -= factor[i][j] * values[i];
      }
    }
    return values;
  }

  private static double[] backward(double[][] factor, double[] values) {
    for (int i = values.length - 1; i >= 0; i--) {
      double sum = values[i];
      for (int j = 1; j < factor[i].length; j++) {
        sum -= factor[i][j] * values[i + j];
      }
      values[i] = sum / factor[i][0];
    }
    return values;
  }
}
