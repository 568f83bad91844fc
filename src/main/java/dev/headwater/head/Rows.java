package dev.headwater.head;

/** Arithmetic on the rows of a matrix that lies in one array, row by row. */
final class Rows {
  private Rows() {}

  /** Returns the inner product of the row at {@code offset} with a vector of its length. */
  static float dot(float[] matrix, int offset, float[] vector) {
    // Eight sums at once: one would make each addition wait for the one before.
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    float e = 0;
    float f = 0;
    float g = 0;
    float h = 0;
    int whole = vector.length - vector.length % 8;
    for (int k = 0; k < whole; k += 8) {
      int at = offset + k;
      a += matrix[at] * vector[k];
      b += matrix[at + 1] * vector[k + 1];
      c += matrix[at + 2] * vector[k + 2];
      d += matrix[at + 3] * vector[k + 3];
      e += matrix[at + 4] * vector[k + 4];
      f += matrix[at + 5] * vector[k + 5];
      g += matrix[at + 6] * vector[k + 6];
      h += matrix[at + 7] * vector[k + 7];
    }
    float rest = 0;
    for (int k = whole; k < vector.length; k++) {
      rest += matrix[offset + k] * vector[k];
    }
    return ((a + b) + (c + d)) + ((e + f) + (g + h)) + rest;
  }

  /** Adds a multiple of the row at {@code offset} to a vector of its length. */
  static void add(float[] sums, float factor, float[] matrix, int offset) {
    for (int k = 0; k < sums.length; k++) {
      sums[k] += factor * matrix[offset + k];
    }
  }

  /** Multiplies each value of the row at {@code offset} by that of a vector. */
  static void multiply(float[] matrix, int offset, float[] vector) {
    for (int k = 0; k < vector.length; k++) {
      matrix[offset + k] *= vector[k];
    }
  }

  /** Takes a vector from the row at {@code offset}. */
  static void subtract(float[] matrix, int offset, float[] vector) {
    for (int k = 0; k < vector.length; k++) {
      matrix[offset + k] -= vector[k];
    }
  }

  /** Returns the squared length of the row at {@code offset}. */
  static double squares(float[] matrix, int offset, int length) {
    double even = 0;
    double odd = 0;
    int whole = length - length % 2;
    for (int k = offset; k < offset + whole; k += 2) {
      even += matrix[k] * matrix[k];
      odd += matrix[k + 1] * matrix[k + 1];
    }
    for (int k = offset + whole; k < offset + length; k++) {
      even += matrix[k] * matrix[k];
    }
    return even + odd;
  }
}
