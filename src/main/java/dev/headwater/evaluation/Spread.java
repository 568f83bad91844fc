package dev.headwater.evaluation;

import java.nio.DoubleBuffer;

/**
 * How much the sums of blocks of vectors vary; grows in place.
 *
 * <p>If vectors are independent, a block's sum varies as much as its vectors do; if neighbours are
 * alike (frames of one camera, say), it varies more. Not thread-safe.
 */
final class Spread {
  private final double[] sums;
  private final double[] squares;

  Spread(int size) {
    sums = new double[size];
    squares = new double[size];
  }

  /** How many numbers there are to keep. */
  static int doubles(int size) {
    return 2 * size;
  }

  void add(double[] block) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += block[i];
      squares[i] += block[i] * block[i];
    }
  }

  /** Takes back a block that was added. */
  void remove(double[] block) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] -= block[i];
      squares[i] -= block[i] * block[i];
    }
  }

  Spread copy() {
    var copy = new Spread(sums.length);
    System.arraycopy(sums, 0, copy.sums, 0, sums.length);
    System.arraycopy(squares, 0, copy.squares, 0, squares.length);
    return copy;
  }

  double sum(int index) {
    return sums[index];
  }

  /**
   * Returns the variance between blocks over that of independent vectors, averaged over directions:
   * about how many neighbours are as good as one.
   *
   * @param blocks added so far, at least 2
   * @param blockSize vectors in each
   * @param scatter of all vectors
   * @param count of all vectors
   */
  double overdispersion(long blocks, int blockSize, Scatter scatter, long count) {
    double total = 0;
    int directions = 0;
    for (int i = 0; i < sums.length; i++) {
      double variance = scatter.squares(i, count) / (count - 1);
      if (variance > 0) {
        double between = (squares[i] - sums[i] * sums[i] / blocks) / (blocks - 1) / blockSize;
        total += between / variance;
        directions++;
      }
    }
    return directions == 0 ? 1 : total / directions;
  }

  void write(DoubleBuffer target) {
    target.put(sums).put(squares);
  }

  void read(DoubleBuffer source) {
    source.get(sums).get(squares);
  }
}
