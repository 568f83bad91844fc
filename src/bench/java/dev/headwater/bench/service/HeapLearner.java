package dev.headwater.bench.service;

import dev.headwater.backbone.BackboneId;
import dev.headwater.event.RejectedException;
import dev.headwater.head.LearnerSettings;
import dev.headwater.learner.LearnerConfiguration;
import dev.headwater.learner.ModelLearner;
import dev.headwater.learner.model.DriftReaction;
import dev.headwater.learner.model.ExampleStore;
import dev.headwater.learner.model.LearnerByteStores;
import dev.headwater.learner.model.LearnerInput;
import dev.headwater.learner.model.LearnerInputCodec;
import dev.headwater.learner.model.LearnerOutput;
import dev.headwater.learner.model.LearnerOutput.NewSnapshot;
import dev.headwater.learner.model.LearnerStores;
import dev.headwater.learner.model.ModelCatalog;
import dev.headwater.learner.model.ReleaseRules;
import dev.headwater.learner.model.SnapshotPolicy;
import dev.headwater.learner.release.Model;
import dev.headwater.snapshot.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The learner of one model as the service runs it, without Kafka: all that it remembers lies on the
 * heap. What it is told decides what it becomes, so that it is also the reference for what a
 * learner that was stopped, moved or restored should have become.
 */
public final class HeapLearner {
  private static final String MODEL = "probe";

  private final LearnerSettings settings;
  private final ModelLearner learner;
  private final Model model;

  /**
   * @param inputs length of an embedding
   */
  public HeapLearner(
      BackboneId backbone, int inputs, LearnerSettings settings, SnapshotPolicy policy) {
    this.settings = settings;
    learner =
        new ModelLearner(
            new LearnerConfiguration(
                backbone,
                inputs,
                settings,
                policy,
                new ModelCatalog(List.of(), true, 1),
                DriftReaction.ADAPT,
                ReleaseRules.DEFAULT));
    var stores = LearnerByteStores.of(name -> new HeapBytes());
    model = learner.open(new LearnerStores(MODEL, stores, new ExampleStore.Cache()));
  }

  /**
   * Takes one record of the topic of examples.
   *
   * @return the snapshot that came of it, if one did
   */
  public Optional<Snapshot> replay(byte[] example) {
    return accept(LearnerInputCodec.read(example)).stream()
        .filter(NewSnapshot.class::isInstance)
        .map(output -> ((NewSnapshot) output).snapshot())
        .findFirst();
  }

  /** Returns how many mini-batches of new examples were trained. */
  public long trainedBatches() {
    return model.memory().training().steps() / (1 + settings.replayBatches());
  }

  List<LearnerOutput> accept(LearnerInput input) {
    try {
      return learner.accept(model, input, Instant.EPOCH);
    } catch (RejectedException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
