package dev.headwater.stream;

import dev.headwater.event.PromotionPolicy;
import dev.headwater.head.DecisionRule;

/**
 * What is configured of a model that decides which version serves. It is state: an input that is
 * taken once more, after a restart with another configuration, must be decided as the first time.
 *
 * @param policy unless a command says otherwise
 * @param threshold as {@link DecisionRule#parse} reads it, unless a command says otherwise
 * @param onRegression what follows when the version in service has become much worse
 * @param keep versions that are kept
 */
record Terms(PromotionPolicy policy, String threshold, RegressionReaction onRegression, int keep) {

  static Terms of(ModelSettings model, ReleaseRules rules) {
    return new Terms(
        model.policy(), model.decision().text(), rules.onRegression(), rules.keptVersions());
  }

  /** Returns the terms of a build that kept no versions, and put each into service. */
  Terms ofEarlierBuild() {
    return new Terms(PromotionPolicy.CONTINUOUS, threshold, RegressionReaction.REPORT, keep);
  }
}
