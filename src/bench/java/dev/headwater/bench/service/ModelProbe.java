package dev.headwater.bench.service;

import dev.headwater.backbone.BackboneId;
import dev.headwater.backbone.Embedding;
import dev.headwater.event.DriftEvent;
import dev.headwater.head.LearnerSettings;
import dev.headwater.learner.model.LearnerInput.Observation;
import dev.headwater.learner.model.LearnerOutput.NewEvent;
import dev.headwater.learner.model.LearnerOutput.NewSnapshot;
import dev.headwater.learner.model.SnapshotPolicy;
import dev.headwater.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One model as the service runs it, without Kafka: its newest head answers, its learner learns, and
 * its detectors watch.
 */
public final class ModelProbe {
  private final BackboneId backbone;
  private final HeapLearner learner;
  private Optional<Snapshot> served = Optional.empty();
  private long images;

  /**
   * @param inputs length of an embedding
   * @param seed of the first weights and of every draw
   */
  public ModelProbe(BackboneId backbone, int inputs, long seed) {
    this.backbone = backbone;
    var defaults = LearnerSettings.DEFAULT;
    var settings =
        new LearnerSettings(
            defaults.batchSize(), defaults.replayBatches(), defaults.reservoirCapacity(), seed);
    learner = new HeapLearner(backbone, inputs, settings, SnapshotPolicy.DEFAULT);
  }

  /**
   * Takes one image, with its label if it has one.
   *
   * @return what it was found to tell
   */
  public List<DriftEvent> take(Embedding embedding, String domain, Optional<Boolean> positive) {
    double probability = served.map(s -> s.head().probability(embedding)).orElse(0.5);
    var image =
        new Observation(
            "image " + images++,
            domain,
            backbone.fingerprint(),
            embedding,
            positive,
            probability,
            served.map(Snapshot::version).orElse(0L),
            served.map(s -> probability >= s.threshold()));
    var events = new ArrayList<DriftEvent>();
    for (var output : learner.accept(image)) {
      if (output instanceof NewSnapshot made) {
        served = Optional.of(made.snapshot());
      } else if (output instanceof NewEvent told) {
        if (told.event() instanceof DriftEvent drift) {
          events.add(drift);
        }
      }
    }
    return events;
  }
}
