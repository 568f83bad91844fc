package dev.headwater.stream;

import dev.headwater.evaluation.ScoreCard;
import dev.headwater.event.ModelStatus;
import dev.headwater.event.ModelVersion;
import dev.headwater.learner.LiveModels;
import dev.headwater.learner.ModelView;
import dev.headwater.learner.model.LearnerByteStores;
import dev.headwater.learner.model.ModelCatalog;
import dev.headwater.learner.model.ScoreReport;
import dev.headwater.stream.AdaptationStreams.NotReadyException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Answers questions about the models whose learners run here. Thread-safe. */
public final class ModelQueries {
  private final KafkaStreams learner;
  private final LearnerHosts hosts;
  private final LiveModels live;
  private final ModelCatalog catalog;

  ModelQueries(KafkaStreams learner, LearnerHosts hosts, LiveModels live, ModelCatalog catalog) {
    this.learner = learner;
    this.hosts = hosts;
    this.live = live;
    this.catalog = catalog;
  }

  /** Which instance has which model's learner. */
  public LearnerHosts hosts() {
    return hosts;
  }

  /**
   * Returns the status of each model, by name.
   *
   * @throws NotReadyException during a rebalance or a restore
   */
  public List<ModelStatus> models() {
    return ask(List.of(), this::readModels);
  }

  private List<ModelStatus> readModels() {
    var saved = savedModels();
    var models = new ArrayList<ModelStatus>();
    try (var entries = store(LearnerByteStores.PROGRESS).all()) {
      entries.forEachRemaining(
          entry ->
              live.view(entry.key, saved)
                  .map(view -> status(entry.key, view))
                  .ifPresent(models::add));
    }
    models.sort(Comparator.comparing(ModelStatus::model));
    return models;
  }

  private ModelView.Source savedModels() {
    return new ModelView.Source(
        store(LearnerByteStores.PROGRESS)::get,
        store(LearnerByteStores.VERSIONS)::get,
        store(LearnerByteStores.SCORES)::get);
  }

  /**
   * Returns the versions that are kept of a model, newest first; empty if there is no such model.
   *
   * @throws NotReadyException during a rebalance or a restore
   */
  public Optional<List<ModelVersion>> versions(String model) {
    return ask(
        Optional.empty(),
        () -> live.view(model, savedModels()).map(view -> view.release().newestFirst()));
  }

  /**
   * Returns the file of a version that is kept of a model; empty if there is none.
   *
   * @throws NotReadyException during a rebalance or a restore
   */
  public Optional<byte[]> versionFile(String model, long version) {
    return ask(
        Optional.empty(),
        () -> live.versionFile(model, version, store(LearnerByteStores.VERSIONS)::get));
  }

  /** An instance without learners has no store to ask, and nothing to answer. */
  private <T> T ask(T nothing, Supplier<T> question) {
    try {
      return question.get();
    } catch (InvalidStateStoreException e) {
      if (hosts.hasNone()) {
        return nothing;
      }
      throw new NotReadyException(
          "the learners' state is not readable while the learner is " + learner.state(), e);
    }
  }

  private ReadOnlyKeyValueStore<String, byte[]> store(String name) {
    return store(learner, name);
  }

  /**
   * Opens a store to read.
   *
   * @throws NotReadyException if its application does not run
   */
  static ReadOnlyKeyValueStore<String, byte[]> store(KafkaStreams streams, String name) {
    try {
      return streams.store(
          StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.keyValueStore()));
    } catch (IllegalStateException e) {
      throw new NotReadyException(
          "the state is not readable while the application is " + streams.state(), e);
    }
  }

  private ModelStatus status(String model, ModelView view) {
    var state = view.state();
    var counts = state.counts();
    var release = view.release();
    var scores = new ScoreReport(view.scores());
    var settings = catalog.settings(model);
    return new ModelStatus(
        model,
        state.version(),
        counts.examples(),
        counts.predictions(),
        counts.repeated(),
        counts.corrections(),
        scores.accuracy(),
        scores.windowAccuracy(),
        ScoreCard.WINDOW,
        scores.servedAccuracy(),
        scores.servedExamples(),
        scores.trained(),
        scores.served(),
        scores.servedVersions(),
        scores.domains(),
        settings.classes(),
        state.backbone(),
        state.reducedQuality(),
        release.served(),
        release.pinned(),
        release.policy() == null ? settings.policy() : release.policy());
  }
}
