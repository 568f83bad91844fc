package dev.headwater.learner.model;

import dev.headwater.event.PromotionPolicy;
import dev.headwater.head.DecisionRule;
import dev.headwater.head.LearnerSettings;
import java.util.List;

/**
 * What is configured of a model that decides what comes of an input. It is state: an input that is
 * taken once more, after a restart with another configuration, must lead to what it led to the
 * first time.
 *
 * @param policy unless a command says otherwise
 * @param threshold as {@link DecisionRule#parse} reads it, unless a command says otherwise
 * @param onRegression what follows when the version in service has become much worse
 * @param keep versions that are kept
 * @param training how it learns
 */
public record EffectiveConfig(
    PromotionPolicy policy,
    String threshold,
    RegressionReaction onRegression,
    int keep,
    Training training) {

  /**
   * How a model learns.
   *
   * @param classes negative first
   * @param learner how heads are trained
   * @param snapshotExamples a version at least every so many labelled examples
   * @param onDrift what drift leads to
   */
  public record Training(
      List<String> classes, LearnerSettings learner, int snapshotExamples, DriftReaction onDrift) {}

  /** Returns the settings of a model that has this configuration. */
  public ModelSettings settings(String model) {
    return new ModelSettings(
        model,
        training.classes().get(0),
        training.classes().get(1),
        DecisionRule.parse(threshold),
        policy);
  }
}
