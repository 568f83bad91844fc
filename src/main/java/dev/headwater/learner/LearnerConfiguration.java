package dev.headwater.learner;

import dev.headwater.backbone.BackboneId;
import dev.headwater.head.LearnerSettings;
import dev.headwater.learner.model.DriftReaction;
import dev.headwater.learner.model.EffectiveConfig;
import dev.headwater.learner.model.EffectiveConfig.Training;
import dev.headwater.learner.model.ModelCatalog;
import dev.headwater.learner.model.ModelState;
import dev.headwater.learner.model.ReleaseRules;
import dev.headwater.learner.model.SnapshotPolicy;
import dev.headwater.learner.release.HeadImporter;
import java.util.List;

/**
 * What a learner of models is configured by.
 *
 * @param backbone whose embeddings it learns
 * @param inputs length of an embedding
 * @param settings how heads are trained
 * @param policy when a head becomes a snapshot
 * @param catalog the models
 * @param reaction what drift leads to
 * @param release how versions come into service and leave it
 */
public record LearnerConfiguration(
    BackboneId backbone,
    int inputs,
    LearnerSettings settings,
    SnapshotPolicy policy,
    ModelCatalog catalog,
    DriftReaction reaction,
    ReleaseRules release) {

  HeadImporter imports() {
    return new HeadImporter(backbone, inputs, catalog);
  }

  /** Returns the state of a model that begins, after a version that another backbone had. */
  ModelState initialState(long version) {
    boolean isReduced = backbone.quality() == BackboneId.Quality.REDUCED;
    return ModelState.initial(
        backbone.fingerprint(), isReduced, version, settings.reservoirCapacity());
  }

  /** A model that has learnt nothing has no head to protect: it takes the backbone there is. */
  boolean continues(ModelState known) {
    return known.counts().examples() > 0 || known.backbone().equals(backbone.fingerprint());
  }

  /** What of this becomes part of a model's state. */
  EffectiveConfig effective(String model) {
    var known = catalog.settings(model);
    return new EffectiveConfig(
        known.policy(),
        known.decision().text(),
        release.onRegression(),
        release.keptVersions(),
        new Training(known.classes(), settings, policy.examples(), reaction));
  }

  /** Returns the same by which a model's checkpoint was written; it knows of no other model. */
  LearnerConfiguration asOf(ModelState state, String model, EffectiveConfig config) {
    var training = config.training();
    return new LearnerConfiguration(
        backboneOf(state),
        inputs,
        training.learner(),
        new SnapshotPolicy(training.snapshotExamples(), policy.interval()),
        new ModelCatalog(List.of(config.settings(model)), true, 1),
        training.onDrift(),
        new ReleaseRules(release.gate(), config.onRegression(), config.keep()));
  }

  private BackboneId backboneOf(ModelState known) {
    var quality = known.reducedQuality() ? BackboneId.Quality.REDUCED : BackboneId.Quality.FULL;
    return known.backbone().equals(backbone.fingerprint())
        ? backbone
        : new BackboneId(backbone.name(), known.backbone(), quality);
  }
}
