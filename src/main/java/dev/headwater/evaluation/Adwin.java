package dev.headwater.evaluation;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * A window over numbers from 0 to 1 that is as long as their mean stays the same (ADWIN2, Bifet and
 * Gavaldà 2007): it grows while nothing changes, and drops its old part when two parts of it differ
 * by more than chance explains.
 *
 * <p>Kept as an exponential histogram: at most {@link #MOST_OF_A_SIZE} buckets each of 1, 2, 4, …
 * values, hence {@code O(log n)} for {@code n} values. Immutable.
 */
public final class Adwin {
  /** The paper's M: more buckets place a cut more exactly, and take more room. */
  static final int MOST_OF_A_SIZE = 5;

  private static final int BUCKET_BYTES = 1 + 2 * Double.BYTES;

  private final double delta;

  /** Of each bucket, oldest first: it holds {@code 2^level} values. */
  private final byte[] levels;

  private final double[] sums;

  /** Squared distances of a bucket's values from the bucket's mean, summed. */
  private final double[] squares;

  /**
   * Two parts of the window that differ.
   *
   * @param before mean of the older part, from 0 to 1
   * @param beforeCount values in it
   * @param after mean of the newer part, from 0 to 1
   * @param afterCount values in it
   * @param bound the difference that chance explains: epsilon_cut
   */
  public record Change(
      double before, long beforeCount, double after, long afterCount, double bound) {

    /** Returns by how much the mean grew; negative if it fell. */
    public double increase() {
      return after - before;
    }

    private boolean isOverBound() {
      return Math.abs(increase()) > bound;
    }

    private double ratio() {
      return Math.abs(increase()) / bound;
    }
  }

  /**
   * What one value more brings.
   *
   * @param next the window with it, and without what it made old
   * @param change what made the window drop its old part; empty if it did not
   */
  public record Step(Adwin next, Optional<Change> change) {}

  private Adwin(double delta, byte[] levels, double[] sums, double[] squares) {
    this.delta = delta;
    this.levels = levels;
    this.sums = sums;
    this.squares = squares;
  }

  /**
   * Returns an empty window.
   *
   * @param delta at most this share of steps drops values although nothing changed; above 0, below
   *     1
   */
  public static Adwin withDelta(double delta) {
    if (!(delta > 0 && delta < 1)) {
      throw new IllegalArgumentException(
          "delta is %s, expected more than 0 and less than 1".formatted(delta));
    }
    return new Adwin(delta, new byte[0], new double[0], new double[0]);
  }

  /** Returns the window with one value more, cut where it has changed. */
  public Step plus(double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(
          "value is %s, expected a number from 0 to 1".formatted(value));
    }
    var window = added(value);
    Optional<Change> first = window.strongestCut();
    for (var cut = first; cut.isPresent(); cut = window.strongestCut()) {
      window = window.withoutOldest();
    }
    return new Step(window, first);
  }

  /** Returns how many values are in the window. */
  public long count() {
    long count = 0;
    for (byte level : levels) {
      count += 1L << level;
    }
    return count;
  }

  /** Returns the sum of the values in the window. */
  public double sum() {
    return Arrays.stream(sums).sum();
  }

  /** Returns how many buckets hold the window. */
  int buckets() {
    return levels.length;
  }

  private Adwin added(double value) {
    int n = levels.length;
    var nextLevels = Arrays.copyOf(levels, n + 1);
    var nextSums = Arrays.copyOf(sums, n + 1);
    var nextSquares = Arrays.copyOf(squares, n + 1);
    nextSums[n] = value;
    int size = compress(nextLevels, nextSums, nextSquares);
    return new Adwin(
        delta,
        Arrays.copyOf(nextLevels, size),
        Arrays.copyOf(nextSums, size),
        Arrays.copyOf(nextSquares, size));
  }

  /** Makes one bucket of the two oldest of a size of which there are too many, smallest first. */
  private static int compress(byte[] levels, double[] sums, double[] squares) {
    int size = levels.length;
    int end = size;
    while (end > 0) {
      int start = end;
      while (start > 0 && levels[start - 1] == levels[end - 1]) {
        start--;
      }
      if (end - start <= MOST_OF_A_SIZE) {
        return size;
      }
      merge(start, levels, sums, squares, size);
      size--;
      end = start + 1;
    }
    return size;
  }

  private static void merge(int at, byte[] levels, double[] sums, double[] squares, int size) {
    double half = 1L << levels[at];
    double distance = (sums[at] - sums[at + 1]) / half;
    levels[at]++;
    sums[at] += sums[at + 1];
    squares[at] += squares[at + 1] + distance * distance * half / 2;
    int rest = size - at - 2;
    System.arraycopy(levels, at + 2, levels, at + 1, rest);
    System.arraycopy(sums, at + 2, sums, at + 1, rest);
    System.arraycopy(squares, at + 2, squares, at + 1, rest);
  }

  private Adwin withoutOldest() {
    int n = levels.length;
    return new Adwin(
        delta,
        Arrays.copyOfRange(levels, 1, n),
        Arrays.copyOfRange(sums, 1, n),
        Arrays.copyOfRange(squares, 1, n));
  }

  /** Returns the cut that is over its bound by the largest factor. */
  private Optional<Change> strongestCut() {
    long count = count();
    double sum = sum();
    double variance = variance(count, sum);
    double confidence = StrictMath.log(2 * Math.max(StrictMath.log(count), 1) / delta);
    long older = 0;
    double olderSum = 0;
    Change strongest = null;
    for (int i = 0; i < levels.length - 1; i++) {
      older += 1L << levels[i];
      olderSum += sums[i];
      var cut = cut(older, olderSum, count - older, sum - olderSum, variance, confidence);
      if (cut.isOverBound() && (strongest == null || cut.ratio() > strongest.ratio())) {
        strongest = cut;
      }
    }
    return Optional.ofNullable(strongest);
  }

  /** The paper's equation 3.1, with the variance of the window: {@code delta' = delta / ln n}. */
  private static Change cut(
      long older,
      double olderSum,
      long newer,
      double newerSum,
      double variance,
      double confidence) {
    double inverse = 1.0 / older + 1.0 / newer;
    double bound = Math.sqrt(2 * inverse * variance * confidence) + 2.0 / 3 * inverse * confidence;
    return new Change(olderSum / older, older, newerSum / newer, newer, bound);
  }

  private double variance(long count, double sum) {
    double mean = sum / count;
    double total = 0;
    for (int i = 0; i < levels.length; i++) {
      double size = 1L << levels[i];
      double distance = sums[i] / size - mean;
      total += squares[i] + size * distance * distance;
    }
    return total / count;
  }

  /** Returns how many bytes {@link #write} takes. */
  public int bytes() {
    return Short.BYTES + levels.length * BUCKET_BYTES;
  }

  /** Writes the buckets: how many, then of each the level, the sum and the squares. */
  public void write(ByteBuffer target) {
    target.putShort((short) levels.length);
    for (int i = 0; i < levels.length; i++) {
      target.put(levels[i]).putDouble(sums[i]).putDouble(squares[i]);
    }
  }

  /** Reads what {@link #write} wrote. */
  public static Adwin read(double delta, ByteBuffer source) {
    int n = source.getShort();
    var levels = new byte[n];
    var sums = new double[n];
    var squares = new double[n];
    for (int i = 0; i < n; i++) {
      levels[i] = source.get();
      sums[i] = source.getDouble();
      squares[i] = source.getDouble();
    }
    return new Adwin(delta, levels, sums, squares);
  }
}
