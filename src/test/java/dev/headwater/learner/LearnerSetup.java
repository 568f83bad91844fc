package dev.headwater.learner;

import dev.headwater.backbone.BackboneId;
import dev.headwater.event.PromotionPolicy;
import dev.headwater.head.LearnerSettings;
import dev.headwater.learner.model.DriftReaction;
import dev.headwater.learner.model.ModelCatalog;
import dev.headwater.learner.model.ReleaseRules;
import dev.headwater.learner.model.SnapshotPolicy;
import java.time.Duration;
import java.util.List;

/**
 * What a learner in a test is configured by, where a test does not say otherwise: a small one that
 * makes a version of 64 labels, of models that nobody has configured, which promote continuously.
 */
public final class LearnerSetup {
  public static final String FINGERPRINT = "ab".repeat(32);

  private final int inputs;
  private String fingerprint = FINGERPRINT;
  private BackboneId.Quality quality = BackboneId.Quality.FULL;
  private LearnerSettings settings = new LearnerSettings(4, 1, 50, 1);
  private int snapshotExamples = 64;
  private ModelCatalog catalog = new ModelCatalog(List.of(), true, 100);
  private DriftReaction reaction = DriftReaction.ADAPT;
  private ReleaseRules rules = ReleaseRules.DEFAULT;

  private LearnerSetup(int inputs) {
    this.inputs = inputs;
  }

  /**
   * Returns the usual one.
   *
   * @param inputs length of an embedding
   */
  public static LearnerSetup of(int inputs) {
    return new LearnerSetup(inputs);
  }

  LearnerSetup backbone(String other) {
    fingerprint = other;
    return this;
  }

  LearnerSetup quality(BackboneId.Quality other) {
    quality = other;
    return this;
  }

  LearnerSetup settings(LearnerSettings other) {
    settings = other;
    return this;
  }

  LearnerSetup snapshotEvery(int examples) {
    snapshotExamples = examples;
    return this;
  }

  LearnerSetup policy(PromotionPolicy policy) {
    return catalog(new ModelCatalog(List.of(), true, 100, policy));
  }

  LearnerSetup catalog(ModelCatalog other) {
    catalog = other;
    return this;
  }

  LearnerSetup reaction(DriftReaction other) {
    reaction = other;
    return this;
  }

  LearnerSetup rules(ReleaseRules other) {
    rules = other;
    return this;
  }

  /** Returns the configuration. */
  public LearnerConfiguration configuration() {
    return new LearnerConfiguration(
        new BackboneId("test", fingerprint, quality),
        inputs,
        settings,
        new SnapshotPolicy(snapshotExamples, Duration.ofSeconds(10)),
        catalog,
        reaction,
        rules);
  }

  /** Returns a learner that is configured so. */
  public ModelLearner learner() {
    return new ModelLearner(configuration());
  }
}
