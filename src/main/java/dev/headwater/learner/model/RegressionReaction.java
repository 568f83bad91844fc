package dev.headwater.learner.model;

/** What follows, beside an event, when the head in service is much worse than an earlier one. */
public enum RegressionReaction {
  /** Nothing. */
  REPORT,
  /** The earlier one comes back into service. */
  ROLL_BACK
}
