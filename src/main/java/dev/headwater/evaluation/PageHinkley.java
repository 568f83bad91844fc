package dev.headwater.evaluation;

import java.nio.ByteBuffer;

/**
 * Evidence that an error rate has grown (Page 1954; as Page-Hinkley test in Gama et al. 2013).
 *
 * <p>The test sums {@code error - mean - delta} and starts anew whenever the sum falls below its
 * smallest value; it alarms when the sum is over {@code lambda}. Here both follow from the mean:
 * they make the sum, in nats, the logarithm of how much more likely the errors are at the rate
 * {@link #shifted} than at {@code mean}. That is Page's own optimal test of these two rates. It
 * also bounds false alarms: of errors from 0 to 1 with at most that mean, whatever their
 * distribution, the sum exceeds {@code ln x} at most once in {@code x} examples on average, since
 * its exponential is an e-detector (Shin, Ramdas and Rinaldo 2022).
 *
 * <p>The mean is of the examples before the sum last left 0, and is taken at the upper end of its
 * confidence interval (Wilson 1927), so that few examples make a careful test and not a wrong one.
 *
 * @param score the sum in nats, at least 0
 * @param count examples since the sum left 0
 * @param errors among these
 */
public record PageHinkley(double score, long count, double errors) {
  /** A test that has seen nothing. */
  public static final PageHinkley NONE = new PageHinkley(0, 0, 0);

  /** Alarms at most once in 100 000 examples on average if nothing changes, in nats. */
  public static final double THRESHOLD = StrictMath.log(1e5);

  static final int BYTES = 3 * Double.BYTES;

  /** The share of right answers that turns wrong in the shift that the test is made for. */
  private static final double SHIFT = 0.25;

  /** Standard deviations of the confidence interval's end. */
  private static final double DEVIATIONS = 2;

  /** Above this rate of errors there is nothing left to lose. */
  private static final double HIGHEST = 0.9;

  /**
   * Returns the test with one example more.
   *
   * @param error from 0 to 1
   * @param before examples before this one, without the {@link #count} that the sum is over
   * @param errorsBefore errors among these
   */
  public PageHinkley plus(double error, long before, double errorsBefore) {
    double rate = before <= 0 ? 1 : upperEnd(before, errorsBefore / before);
    if (rate >= HIGHEST) {
      return NONE;
    }
    double next = score + evidence(error, rate, shifted(rate));
    return next <= 0 ? NONE : new PageHinkley(next, count + 1, errors + error);
  }

  /** Whether the evidence is over the threshold. */
  public boolean isAlarm() {
    return score > THRESHOLD;
  }

  /** Returns the error rate that the test weighs against a mean. */
  static double shifted(double mean) {
    return mean + SHIFT * (1 - mean);
  }

  private static double evidence(double error, double rate, double shifted) {
    return error * StrictMath.log(shifted / rate)
        + (1 - error) * StrictMath.log((1 - shifted) / (1 - rate));
  }

  private static double upperEnd(long count, double mean) {
    double z = DEVIATIONS;
    double spread = Math.sqrt(mean * (1 - mean) / count + z * z / (4.0 * count * count));
    return (mean + z * z / (2.0 * count) + z * spread) / (1 + z * z / count);
  }

  void write(ByteBuffer target) {
    target.putDouble(score).putLong(count).putDouble(errors);
  }

  static PageHinkley read(ByteBuffer source) {
    return new PageHinkley(source.getDouble(), source.getLong(), source.getDouble());
  }
}
