package dev.headwater.learner.model;

import dev.headwater.evaluation.Gate;

/**
 * How versions come into service and leave it, for all models alike.
 *
 * @param gate decides where a new version must prove itself
 * @param onRegression what follows when the version in service has become much worse than an
 *     earlier one
 * @param keptVersions newest versions that are kept to go back to, at least 2
 */
public record ReleaseRules(Gate gate, RegressionReaction onRegression, int keptVersions) {
  /** The gate's own defaults; a report; ten versions. */
  public static final ReleaseRules DEFAULT =
      new ReleaseRules(Gate.DEFAULT, RegressionReaction.REPORT, 10);

  private static final int LEAST = 2;

  /** More than that would weigh more than all else that is known of a model. */
  private static final int MOST = 100;

  /** Checks the range. */
  public ReleaseRules {
    if (keptVersions < LEAST || keptVersions > MOST) {
      throw new IllegalArgumentException(
          "%d versions to keep, expected %d to %d".formatted(keptVersions, LEAST, MOST));
    }
  }
}
