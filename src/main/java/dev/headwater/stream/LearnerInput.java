package dev.headwater.stream;

import dev.headwater.backbone.Embedding;
import java.util.Optional;

/** What reaches a model's learner, in one order; the value on the {@code examples} topic. */
sealed interface LearnerInput {

  /**
   * An image that was predicted, labelled or not.
   *
   * @param backbone fingerprint of the backbone that embedded it
   * @param positive the label; empty if the image came without one
   * @param probability as published
   * @param snapshotVersion of the head that predicted; 0 for none
   */
  record Observation(
      String imageId,
      String domain,
      String backbone,
      Embedding embedding,
      Optional<Boolean> positive,
      double probability,
      long snapshotVersion)
      implements LearnerInput {}

  /**
   * What waits has waited long enough: train on it and make a snapshot, unless one was made after
   * {@code examples} examples or later. A clock asked for this, but the log keeps it, so that a
   * replay gives the same weights.
   */
  record Flush(long examples) implements LearnerInput {}
}
