package dev.headwater.learner.model;

import dev.headwater.backbone.Embedding;
import dev.headwater.event.ModelRequest;
import java.util.Optional;

/** What reaches a model's learner, in one order; the value on the {@code examples} topic. */
public sealed interface LearnerInput {

  /**
   * An image that was predicted, labelled or not.
   *
   * @param backbone fingerprint of the backbone that embedded it
   * @param positive the label; empty if the image came without one
   * @param probability as published
   * @param snapshotVersion of the head that predicted; 0 for none
   * @param predictedPositive which class was published; empty if no head predicted
   */
  record Observation(
      String imageId,
      String domain,
      String backbone,
      Embedding embedding,
      Optional<Boolean> positive,
      double probability,
      long snapshotVersion,
      Optional<Boolean> predictedPositive)
      implements LearnerInput {}

  /** The label of an image that was observed before; {@code image} is it, with the label. */
  record Labelled(Observation image) implements LearnerInput {}

  /** Another label for an image whose label was learnt; {@code image} is it, with the new one. */
  record Corrected(Observation image) implements LearnerInput {}

  /** An image came again under its id; nothing but the count changes. */
  record Repeated() implements LearnerInput {}

  /** Something is asked of the model: its place among the inputs says when it is carried out. */
  record Requested(ModelRequest request) implements LearnerInput {}

  /**
   * What waits has waited long enough: train on it and make a snapshot, unless one was made after
   * so many examples and corrections, or later. A clock asked for this, but the log keeps it, so
   * that a replay gives the same weights.
   */
  record Flush(long labels) implements LearnerInput {}
}
