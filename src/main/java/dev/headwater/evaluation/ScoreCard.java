package dev.headwater.evaluation;

import java.util.Optional;

/**
 * How good one kind of answers was (of a head, on a domain, by a version), each given before its
 * label was known (prequential evaluation), in three ways: over all of them, over the newest {@link
 * #WINDOW}, and fading (Gama, Sebastião and Rodrigues 2013), where an answer weighs {@link #FACTOR}
 * of the one after it. A few KB as bytes, however many answers there were.
 *
 * @param sums over all of them
 * @param faded the same, fading
 * @param recent the newest of them
 */
public record ScoreCard(WeightedSums sums, WeightedSums faded, RecentJudgements recent) {
  /** Answers in the window. */
  public static final int WINDOW = 200;

  /** What an answer weighs of the one after it; together they weigh 100 at most. */
  public static final double FACTOR = 0.99;

  /** A card of nothing. */
  public static final ScoreCard NONE =
      new ScoreCard(WeightedSums.NONE, WeightedSums.NONE, RecentJudgements.ofSize(WINDOW));

  /** Returns this card with one answer more, whose number is then {@link #examples}. */
  public ScoreCard plus(Judgement judgement) {
    return new ScoreCard(
        sums.plus(judgement, 1), faded.times(FACTOR).plus(judgement, 1), recent.plus(judgement));
  }

  /**
   * Returns this card with one of its answers judged anew: as if the label had been that from the
   * beginning, but for rounding.
   *
   * @param before the answer as it was counted
   * @param number which answer it was, counted from 1
   */
  public ScoreCard relabelled(Judgement before, long number, boolean nowPositive) {
    var after = before.relabelled(nowPositive);
    long back = examples() - number;
    double weight = StrictMath.pow(FACTOR, back);
    return new ScoreCard(
        sums.plus(before, -1).plus(after, 1),
        faded.plus(before, -weight).plus(after, weight),
        recent.relabelled(back, nowPositive));
  }

  /** Answers counted. */
  public long examples() {
    return Math.round(sums.weight());
  }

  /** The share of right answers; empty before the first. */
  public Optional<Double> accuracy() {
    return examples() == 0
        ? Optional.empty()
        : Optional.of((double) Math.round(sums.right()) / examples());
  }

  /** Over all answers; the AUC by {@link WeightedSums}' histogram. */
  public Measures overall() {
    return sums.measures(examples());
  }

  /** Over the newest {@link #WINDOW}; the AUC exact. */
  public Measures window() {
    return recent.measures();
  }

  /** Fading, over all answers; the AUC by {@link WeightedSums}' histogram. */
  public Measures fading() {
    return faded.measures(examples());
  }
}
