package dev.headwater.head;

/**
 * What makes one answer of both halves of a learner.
 *
 * @param linear the linear half; {@link LinearVote#none} before both classes were seen
 * @param votes how both halves answered lately
 * @param calibration how their votes become a probability and a decision
 */
public record Blend(LinearVote linear, VoteWindow votes, Calibration calibration) {

  /** Returns what there is before the first example. */
  public static Blend initial(int inputs, DecisionRule rule) {
    return new Blend(LinearVote.none(inputs), VoteWindow.EMPTY, Calibration.initial(rule));
  }

  Blend with(LinearVote next) {
    return new Blend(next, votes, calibration);
  }

  Blend with(VoteWindow next) {
    return new Blend(linear, next, calibration);
  }

  /** Returns the same with votes weighed otherwise. */
  public Blend with(Calibration next) {
    return new Blend(linear, votes, next);
  }
}
