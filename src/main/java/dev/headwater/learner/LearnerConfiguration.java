package dev.headwater.learner;

import dev.headwater.backbone.BackboneId;
import dev.headwater.head.LearnerSettings;
import dev.headwater.learner.model.DriftReaction;
import dev.headwater.learner.model.EffectiveConfig;
import dev.headwater.learner.model.EffectiveConfig.Training;
import dev.headwater.learner.model.LearnerStores;
import dev.headwater.learner.model.ModelCatalog;
import dev.headwater.learner.model.ModelState;
import dev.headwater.learner.model.ReleaseRules;
import dev.headwater.learner.model.SnapshotPolicy;
import dev.headwater.learner.release.HeadImporter;
import dev.headwater.learner.release.ReleaseRecord;
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

  /** Returns the progress of a model that begins. */
  ModelState begun() {
    boolean isReduced = backbone.quality() == BackboneId.Quality.REDUCED;
    return ModelState.initial(backbone.fingerprint(), isReduced, settings.reservoirCapacity());
  }

  /** A model that has learnt nothing has no head to protect: it takes the backbone there is. */
  boolean isToGoOn(ModelState known) {
    return known.examples() > 0 || known.backbone().equals(backbone.fingerprint());
  }

  /** What of this becomes part of a model's state. */
  EffectiveConfig terms(String model) {
    var known = catalog.settings(model);
    return new EffectiveConfig(
        known.policy(),
        known.decision().text(),
        release.onRegression(),
        release.keptVersions(),
        new Training(known.classes(), settings, policy.examples(), reaction));
  }

  /** Whether this, backbone included, is what a model's state was written by. */
  boolean isAsBefore(LearnerStores stores, String model) {
    return stores.progress(model).filter(this::isToGoOn).isPresent()
        && stores
            .versions()
            .standing(model)
            .filter(standing -> terms(model).equals(standing.terms()))
            .isPresent();
  }

  /** Returns what a model's state was written by; it knows of no other model. */
  LearnerConfiguration asBefore(LearnerStores stores, String model) {
    var now = terms(model);
    var then = termsBefore(stores, model, now);
    var heads = stores.progress(model).map(this::backboneOf).orElse(backbone);
    return then.equals(now) && heads.equals(backbone) ? this : by(model, then, heads);
  }

  private static EffectiveConfig termsBefore(
      LearnerStores stores, String model, EffectiveConfig now) {
    return stores
        .versions()
        .standing(model)
        .map(ReleaseRecord::terms)
        .map(terms -> terms.completedBy(now))
        .orElseGet(now::ofEarlierBuild);
  }

  private BackboneId backboneOf(ModelState known) {
    var quality = known.reducedQuality() ? BackboneId.Quality.REDUCED : BackboneId.Quality.FULL;
    return known.backbone().equals(backbone.fingerprint())
        ? backbone
        : new BackboneId(backbone.name(), known.backbone(), quality);
  }

  private LearnerConfiguration by(String model, EffectiveConfig terms, BackboneId heads) {
    var training = terms.training();
    return new LearnerConfiguration(
        heads,
        inputs,
        training.learner(),
        new SnapshotPolicy(training.snapshotExamples(), policy.interval()),
        new ModelCatalog(List.of(terms.settings(model)), true, 1),
        training.onDrift(),
        new ReleaseRules(release.gate(), terms.onRegression(), terms.keep()));
  }
}
