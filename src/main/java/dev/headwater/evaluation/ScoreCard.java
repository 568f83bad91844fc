package dev.headwater.evaluation;

import java.util.Optional;

/**
 * How good one kind of answers was (of a head, on a domain, by a version), each given before its
 * label was known (prequential evaluation), in three ways: over all of them, over the newest {@link
 * #WINDOW}, and fading (Gama, Sebastião and Rodrigues 2013), where an answer weighs {@link #FACTOR}
 * of the one after it. A few KB as bytes, however many answers there were.
 *
 * @param earlier answers of which no more is known than whether they were right
 * @param sums over all others
 * @param faded the same, fading
 * @param recent the newest of them
 */
public record ScoreCard(
    Tally earlier, WeightedSums sums, WeightedSums faded, RecentJudgements recent) {
  /** Answers in the window. */
  public static final int WINDOW = 200;

  /** What an answer weighs of the one after it; together they weigh 100 at most. */
  public static final double FACTOR = 0.99;

  /** A card before the first answer. */
  public static final ScoreCard NONE = continuing(Tally.NONE);

  /** Returns a card that goes on from a tally: its answers count for the accuracy alone. */
  public static ScoreCard continuing(Tally earlier) {
    return new ScoreCard(
        earlier, WeightedSums.NONE, WeightedSums.NONE, RecentJudgements.ofSize(WINDOW));
  }

  /** Returns this card with one answer more, whose number is then {@link #examples}. */
  public ScoreCard plus(Judgement judgement) {
    return new ScoreCard(
        earlier,
        sums.plus(judgement, 1),
        faded.times(FACTOR).plus(judgement, 1),
        recent.plus(judgement));
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
        earlier,
        sums.plus(before, -1).plus(after, 1),
        faded.plus(before, -weight).plus(after, weight),
        recent.relabelled(back, nowPositive));
  }

  /** Answers counted, earlier ones too. */
  public long examples() {
    return earlier.examples() + judged();
  }

  private long judged() {
    return Math.round(sums.weight());
  }

  /** The share of right answers, earlier ones too; empty before the first. */
  public Optional<Double> accuracy() {
    long correct = earlier.correct() + Math.round(sums.right());
    return new Tally(examples(), correct).accuracy();
  }

  /** Over all answers but the earlier ones; the AUC by {@link WeightedSums}' histogram. */
  public Measures overall() {
    return sums.measures(judged());
  }

  /** Over the newest {@link #WINDOW}; the AUC exact. */
  public Measures window() {
    return recent.measures();
  }

  /** Fading, over all answers but the earlier ones; the AUC by {@link WeightedSums}' histogram. */
  public Measures fading() {
    return faded.measures(judged());
  }
}
