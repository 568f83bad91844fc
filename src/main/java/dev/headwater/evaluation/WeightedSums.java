package dev.headwater.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Sums over judged answers, each with a weight, that all {@link Measures} follow from: of log-loss
 * and squared error, by label and answer, by ten bins of probability, and a histogram of each
 * class. Unchangeable; some 350 numbers, most of them 0.
 *
 * <p>The histogram gives the AUC without keeping the answers. Its 160 bins are an eighth of a logit
 * wide and reach from -10 to 10 (probabilities 0.00005 to 0.99995), the outermost open: AUC knows
 * order only, and heads that are sure of themselves crowd at 0 and 1, where bins of equal
 * probability would not tell them apart. Two answers in one bin count as a tie, so that the AUC is
 * off by at most half the share of pairs (a positive, a negative) that lie in one bin together.
 */
public final class WeightedSums {
  /** Sums of nothing. */
  public static final WeightedSums NONE = new WeightedSums(new double[Layout.LENGTH]);

  static final int CALIBRATION_BINS = 10;
  static final int HISTOGRAM_BINS = 160;
  private static final double BINS_PER_LOGIT = 8;

  /**
   * Less weighs nothing: what has faded so far, or is left of it by rounding after a label changed.
   */
  private static final double NEGLIGIBLE = 1e-9;

  /** Where each sum lies among the values. */
  private static final class Layout {
    static final int LOG_LOSS = 0;
    static final int SQUARED_ERROR = 1;

    /** Four weights: label times two, plus answer. */
    static final int CONFUSION = 2;

    static final int PROBABILITY = 6;
    static final int POSITIVES = PROBABILITY + CALIBRATION_BINS;

    /** Of the negatives; that of the positives follows. */
    static final int HISTOGRAM = POSITIVES + CALIBRATION_BINS;

    static final int LENGTH = HISTOGRAM + 2 * HISTOGRAM_BINS;
  }

  private final double[] values;

  private WeightedSums(double[] values) {
    this.values = values;
  }

  /** Returns sums from the values that {@link #copyOfValues} gave. */
  static WeightedSums of(double[] values) {
    if (values.length != Layout.LENGTH) {
      throw new IllegalArgumentException(
          "%d sums, expected %d".formatted(values.length, Layout.LENGTH));
    }
    return new WeightedSums(values.clone());
  }

  /** Returns the sums of some answers that weigh 1 each. */
  static WeightedSums of(List<Judgement> judgements) {
    var sums = new WeightedSums(new double[Layout.LENGTH]);
    judgements.forEach(judgement -> sums.add(judgement, 1));
    return sums;
  }

  static int length() {
    return Layout.LENGTH;
  }

  double[] copyOfValues() {
    return values.clone();
  }

  /** Returns these sums with one answer more, or with one less if the weight is negative. */
  public WeightedSums plus(Judgement judgement, double weight) {
    var next = new WeightedSums(values.clone());
    next.add(judgement, weight);
    return next;
  }

  /** Returns these sums with everything weighing {@code factor} of what it did. */
  public WeightedSums times(double factor) {
    var next = new WeightedSums(values.clone());
    for (int i = 0; i < Layout.LENGTH; i++) {
      next.set(i, values[i] * factor);
    }
    return next;
  }

  private void add(Judgement judgement, double weight) {
    double probability = judgement.probability();
    int bin = calibrationBin(probability);
    int label = judgement.positive() ? 1 : 0;
    int answer = judgement.predictedPositive() ? 1 : 0;
    increase(Layout.LOG_LOSS, weight * judgement.logLoss());
    increase(Layout.SQUARED_ERROR, weight * judgement.squaredError());
    increase(Layout.CONFUSION + 2 * label + answer, weight);
    increase(Layout.PROBABILITY + bin, weight * probability);
    increase(Layout.POSITIVES + bin, weight * label);
    increase(Layout.HISTOGRAM + label * HISTOGRAM_BINS + histogramBin(probability), weight);
  }

  private void increase(int at, double by) {
    set(at, values[at] + by);
  }

  private void set(int at, double value) {
    boolean isWeight = at >= Layout.CONFUSION;
    values[at] = isWeight && Math.abs(value) < NEGLIGIBLE ? 0 : value;
  }

  static int calibrationBin(double probability) {
    return Math.min((int) (probability * CALIBRATION_BINS), CALIBRATION_BINS - 1);
  }

  static int histogramBin(double probability) {
    double logit = StrictMath.log(probability / (1 - probability));
    double bin = Math.floor(logit * BINS_PER_LOGIT) + HISTOGRAM_BINS / 2;
    return (int) Math.min(Math.max(bin, 0), HISTOGRAM_BINS - 1);
  }

  /** Everything that was added, by its weight. */
  public double weight() {
    return sum(Layout.CONFUSION, 4);
  }

  /** The right answers, by their weight. */
  public double right() {
    return confusion(false, false) + confusion(true, true);
  }

  /** Returns what follows from these sums for so many answers. */
  public Measures measures(long examples) {
    return measures(examples, auc());
  }

  /** The same, with an AUC that is known better than from the histogram. */
  Measures measures(long examples, Optional<Double> auc) {
    return new Measures(
        examples,
        share(right(), weight()),
        quotient(values[Layout.LOG_LOSS], weight()),
        auc,
        f1(),
        share(values[Layout.SQUARED_ERROR], weight()),
        calibrationError());
  }

  private Optional<Double> f1() {
    double hits = 2 * confusion(true, true);
    return share(hits, hits + confusion(true, false) + confusion(false, true));
  }

  /** Weighting a bin's gap between two means by its share of everything leaves a gap of sums. */
  private Optional<Double> calibrationError() {
    double gaps = 0;
    for (int bin = 0; bin < CALIBRATION_BINS; bin++) {
      gaps += Math.abs(values[Layout.PROBABILITY + bin] - values[Layout.POSITIVES + bin]);
    }
    return share(gaps, weight());
  }

  private Optional<Double> auc() {
    double below = 0;
    double pairs = 0;
    for (int bin = Layout.HISTOGRAM; bin < Layout.HISTOGRAM + HISTOGRAM_BINS; bin++) {
      double negatives = values[bin];
      pairs += values[bin + HISTOGRAM_BINS] * (below + negatives / 2);
      below += negatives;
    }
    return share(pairs, below * sum(Layout.HISTOGRAM + HISTOGRAM_BINS, HISTOGRAM_BINS));
  }

  private double confusion(boolean label, boolean answer) {
    return values[Layout.CONFUSION + (label ? 2 : 0) + (answer ? 1 : 0)];
  }

  private double sum(int from, int count) {
    return Arrays.stream(values, from, from + count).sum();
  }

  /** What is left by rounding after a label changed may lie a trifle outside. */
  private static Optional<Double> share(double part, double whole) {
    return quotient(part, whole).map(share -> Math.min(share, 1));
  }

  private static Optional<Double> quotient(double part, double whole) {
    return whole > 0 ? Optional.of(Math.max(part / whole, 0)) : Optional.empty();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WeightedSums sums && Arrays.equals(values, sums.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }
}
