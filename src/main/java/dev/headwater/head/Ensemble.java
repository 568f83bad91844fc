package dev.headwater.head;

/**
 * What makes one answer of both halves of a learner.
 *
 * @param linear the linear half; {@link LinearComponent#none} before both classes were seen
 * @param votes how both halves answered lately
 * @param calibration how their votes become a probability and a decision
 */
public record Ensemble(LinearComponent linear, ScoreWindow votes, Calibration calibration) {

  /** Returns what there is before the first example. */
  public static Ensemble initial(int inputs, DecisionRule rule) {
    return new Ensemble(LinearComponent.none(inputs), ScoreWindow.EMPTY, Calibration.initial(rule));
  }

  Ensemble with(LinearComponent next) {
    return new Ensemble(next, votes, calibration);
  }

  Ensemble with(ScoreWindow next) {
    return new Ensemble(linear, next, calibration);
  }

  /** Returns the same with votes weighed otherwise. */
  public Ensemble with(Calibration next) {
    return new Ensemble(linear, votes, next);
  }
}
