package dev.headwater.head;

/**
 * What makes one answer of both components of a learner.
 *
 * @param linear the linear component; {@link LinearComponent#none} before both classes were seen
 * @param scores how both components answered lately
 * @param calibration how their scores become a probability and a decision
 */
public record Ensemble(LinearComponent linear, ScoreWindow scores, Calibration calibration) {

  /** Returns what there is before the first example. */
  public static Ensemble initial(int inputs, DecisionRule rule) {
    return new Ensemble(LinearComponent.none(inputs), ScoreWindow.EMPTY, Calibration.initial(rule));
  }

  Ensemble with(LinearComponent next) {
    return new Ensemble(next, scores, calibration);
  }

  Ensemble with(ScoreWindow next) {
    return new Ensemble(linear, next, calibration);
  }

  /** Returns the same with scores weighed otherwise. */
  public Ensemble with(Calibration next) {
    return new Ensemble(linear, scores, next);
  }
}
