package dev.headwater.evaluation;

/**
 * Two heads' answers to the same labelled examples, pair by pair.
 *
 * <p>Log-loss is bounded: a probability counts as at least 0.01 and at most 0.99, so that one
 * confident mistake does not decide a comparison of a few dozen.
 *
 * @param examples how many
 * @param servedRight right answers of the head in service
 * @param candidateRight right answers of the other one
 * @param onlyServedRight examples that only the head in service answered right
 * @param onlyCandidateRight examples that only the other one answered right
 * @param servedLossSum bounded log-loss of the head in service, summed, in nats
 * @param candidateLossSum the same of the other one
 */
public record Comparison(
    int examples,
    int servedRight,
    int candidateRight,
    int onlyServedRight,
    int onlyCandidateRight,
    double servedLossSum,
    double candidateLossSum) {
  private static final double CLIP = 0.01;

  /** Of what share of answers a much better head has more right. */
  public static final double MUCH = 0.1;

  /** Of how many standard deviations of a fair coin its wins must be out of balance. */
  private static final double CERTAIN = 4;

  /** Mean log-loss below which a head knows something: one that knows nothing has 0.69. */
  private static final double SKILL = 0.6;

  /** No example yet. */
  public static final Comparison NONE = new Comparison(0, 0, 0, 0, 0, 0, 0);

  /** Returns this with one example more. */
  public Comparison plus(Judgement served, Judgement candidate) {
    boolean first = served.right();
    boolean second = candidate.right();
    return new Comparison(
        examples + 1,
        servedRight + (first ? 1 : 0),
        candidateRight + (second ? 1 : 0),
        onlyServedRight + (first && !second ? 1 : 0),
        onlyCandidateRight + (second && !first ? 1 : 0),
        servedLossSum + loss(served),
        candidateLossSum + loss(candidate));
  }

  private static double loss(Judgement answer) {
    double clipped = Math.min(Math.max(answer.probability(), CLIP), 1 - CLIP);
    return -StrictMath.log(answer.positive() ? clipped : 1 - clipped);
  }

  /** Share of right answers of the head in service; 0 of no example. */
  public double servedAccuracy() {
    return mean(servedRight);
  }

  /** Share of right answers of the other head; 0 of no example. */
  public double candidateAccuracy() {
    return mean(candidateRight);
  }

  /** Mean bounded log-loss of the head in service, in nats; 0 of no example. */
  public double servedLogLoss() {
    return mean(servedLossSum);
  }

  /** Mean bounded log-loss of the other head, in nats; 0 of no example. */
  public double candidateLogLoss() {
    return mean(candidateLossSum);
  }

  private double mean(double sum) {
    return examples == 0 ? 0 : sum / examples;
  }

  /**
   * Whether the other head has fewer right answers by more than a margin and what is likely by
   * luck: one standard deviation of a fair coin on the examples that only one of them answered
   * right.
   *
   * @param margin as a share of all examples
   */
  boolean candidateIsRightLessOften(double margin) {
    int fewer = servedRight - candidateRight;
    return fewer > margin * examples + Math.sqrt(onlyServedRight + onlyCandidateRight);
  }

  /**
   * Whether the other head is much better, and not by luck: by 10 points in accuracy, by log-loss,
   * which is one of a head that knows something, and by a sign test on the examples that only one
   * of them answered right (4 standard deviations: 3 in 100 000 by chance).
   */
  public boolean candidateIsMuchBetter() {
    int wins = onlyCandidateRight - onlyServedRight;
    return candidateAccuracy() - servedAccuracy() >= MUCH
        && candidateLogLoss() < Math.min(servedLogLoss(), SKILL)
        && wins >= CERTAIN * Math.sqrt(onlyCandidateRight + onlyServedRight);
  }

  /** The same the other way round. */
  @SuppressWarnings("ArgumentSelectionDefectChecker") // the sides are meant to change places
  public boolean servedIsMuchBetter() {
    return new Comparison(
            examples,
            candidateRight,
            servedRight,
            onlyCandidateRight,
            onlyServedRight,
            candidateLossSum,
            servedLossSum)
        .candidateIsMuchBetter();
  }
}
