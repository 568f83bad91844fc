package dev.headwater.evaluation;

/**
 * How likely a beta-distributed share is to be larger than one that was found (Press et al. 2007,
 * section 6.4).
 */
final class BetaTail {
  private static final double TINY = 1e-300;
  private static final double EXACT = 1e-12;
  private static final int MOST_TERMS = 100_000;

  /** Lanczos' coefficients of the gamma function for g = 7. */
  private static final double[] LANCZOS = {
    0.99999999999980993,
    676.5203681218851,
    -1259.1392167224028,
    771.32342877765313,
    -176.61502916214059,
    12.507343278686905,
    -0.13857109526572012,
    9.9843695780195716e-6,
    1.5056327351493116e-7
  };

  private BetaTail() {}

  /**
   * Returns the natural logarithm of the probability that a Beta(a, b) exceeds {@code share}.
   *
   * @param share from 0 to 1
   */
  static double log(double share, double a, double b) {
    if (share <= 0) {
      return 0;
    }
    if (share >= 1) {
      return Double.NEGATIVE_INFINITY;
    }
    double front = a * StrictMath.log(share) + b * StrictMath.log1p(-share) - logBeta(a, b);
    return share > (a + 1) / (a + b + 2)
        ? front + StrictMath.log(fraction(b, a, 1 - share) / b)
        : StrictMath.log1p(-Math.min(1, StrictMath.exp(front) * fraction(a, b, share) / a));
  }

  private static double logBeta(double a, double b) {
    return logGamma(a) + logGamma(b) - logGamma(a + b);
  }

  /** Returns the natural logarithm of the gamma function of {@code x}, at least 0.5. */
  static double logGamma(double x) {
    double sum = LANCZOS[0];
    for (int i = 1; i < LANCZOS.length; i++) {
      sum += LANCZOS[i] / (x - 1 + i);
    }
    double t = x + 6.5;
    return 0.5 * StrictMath.log(2 * Math.PI)
        + (x - 0.5) * StrictMath.log(t)
        - t
        + StrictMath.log(sum);
  }

  /** The continued fraction of the incomplete beta function, by Lentz's method. */
  private static double fraction(double a, double b, double x) {
    double c = 1;
    double d = 1 / atLeastTiny(1 - (a + b) * x / (a + 1));
    double product = d;
    for (int m = 1; m <= MOST_TERMS; m++) {
      double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
      d = 1 / atLeastTiny(1 + even * d);
      c = atLeastTiny(1 + even / c);
      product *= d * c;
      double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
      d = 1 / atLeastTiny(1 + odd * d);
      c = atLeastTiny(1 + odd / c);
      product *= d * c;
      if (Math.abs(d * c - 1) < EXACT) {
        return product;
      }
    }
    return product;
  }

  private static double atLeastTiny(double value) {
    return Math.abs(value) < TINY ? TINY : value;
  }
}
