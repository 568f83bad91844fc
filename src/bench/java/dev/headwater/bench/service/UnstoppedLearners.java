package dev.headwater.bench.service;

import dev.headwater.backbone.Backbone;
import dev.headwater.head.LearnerSettings;
import dev.headwater.learner.model.SnapshotPolicy;
import dev.headwater.snapshot.Snapshot;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The reference: learners without Kafka that take the same examples and are never stopped.
 *
 * @param policy by count alone, since these have no clock
 */
record UnstoppedLearners(Backbone backbone, SnapshotPolicy policy) {

  /** Returns the newest snapshot of each model once it has taken so many examples. */
  Map<String, Snapshot> snapshots(int models, int examples) {
    var drawn = new DrawnExamples(backbone);
    var newest = new HashMap<String, Snapshot>();
    for (int model = 0; model < models; model++) {
      String name = DrawnExamples.model(model);
      var learner =
          new HeapLearner(backbone.id(), backbone.embeddingSize(), LearnerSettings.DEFAULT, policy);
      for (int number = 0; number < examples; number++) {
        learner.replay(drawn.example(model, number, true)).ifPresent(s -> newest.put(name, s));
      }
    }
    return newest;
  }

  /** Counts the models whose snapshots are the same to the bit, with all that they say. */
  static int identical(Map<String, Snapshot> expected, Map<String, Snapshot> found) {
    return (int)
        expected.entrySet().stream()
            .filter(
                entry -> isSame(entry.getValue(), Optional.ofNullable(found.get(entry.getKey()))))
            .count();
  }

  /** But for the name, which the reference does not know, and the time of the newest example. */
  private static boolean isSame(Snapshot expected, Optional<Snapshot> found) {
    return found
        .filter(
            other ->
                other.version() == expected.version()
                    && other.examples() == expected.examples()
                    && other.threshold() == expected.threshold()
                    && other.accuracy().equals(expected.accuracy())
                    && other.windowAccuracy().equals(expected.windowAccuracy())
                    && other.head().parameters().equals(expected.head().parameters()))
        .isPresent();
  }
}
