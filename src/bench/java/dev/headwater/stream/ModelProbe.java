package dev.headwater.stream;

import dev.headwater.backbone.BackboneId;
import dev.headwater.backbone.Embedding;
import dev.headwater.event.ModelEvent;
import dev.headwater.event.RejectedException;
import dev.headwater.head.LearnerSettings;
import dev.headwater.head.OnlineLearner;
import dev.headwater.snapshot.Snapshot;
import dev.headwater.stream.LearnerInput.Observation;
import dev.headwater.stream.LearnerOutput.NewEvent;
import dev.headwater.stream.LearnerOutput.NewSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One model as the service runs it, without Kafka: its newest head answers, its learner learns, its
 * detectors watch, and all that they remember lies on the heap.
 */
public final class ModelProbe {
  private static final String MODEL = "probe";

  private final BackboneId backbone;
  private final ModelLearner learner;
  private final LearnerStores stores =
      new LearnerStores(
          new LearnerBytes<>(
              new Heap(), new Heap(), new Heap(), new Heap(), new Heap(), new Heap()));
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
    learner =
        new ModelLearner(
            backbone,
            inputs,
            settings,
            SnapshotPolicy.DEFAULT,
            new ModelCatalog(List.of(), true, 1),
            DriftReaction.ADAPT,
            new OnlineLearner(settings, inputs));
  }

  /**
   * Takes one image, with its label if it has one.
   *
   * @return what it was found to tell
   */
  public List<ModelEvent> take(Embedding embedding, String domain, Optional<Boolean> positive) {
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
    var events = new ArrayList<ModelEvent>();
    for (var output : outputs(image)) {
      if (output instanceof NewSnapshot made) {
        served = Optional.of(made.snapshot());
      } else if (output instanceof NewEvent told) {
        events.add(told.event());
      }
    }
    return events;
  }

  private List<LearnerOutput> outputs(Observation image) {
    try {
      return learner.accept(stores, MODEL, image, Instant.EPOCH);
    } catch (RejectedException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static final class Heap implements ByteStore {
    private final Map<String, byte[]> entries = new HashMap<>();

    @Override
    public byte[] get(String key) {
      return entries.get(key);
    }

    @Override
    public void put(String key, byte[] value) {
      entries.put(key, value);
    }

    @Override
    public void delete(String key) {
      entries.remove(key);
    }
  }
}
