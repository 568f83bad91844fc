package dev.headwater.learner.model;

import dev.headwater.event.Evaluation;
import dev.headwater.event.ModelEvent;
import dev.headwater.snapshot.Snapshot;

/** What leaves a model's learner. */
public sealed interface LearnerOutput {

  /**
   * A new version of the head.
   *
   * @param file its bytes
   */
  record NewSnapshot(Snapshot snapshot, byte[] file) implements LearnerOutput {}

  /**
   * Another version comes into service.
   *
   * @param file the snapshot
   */
  record Promoted(byte[] file) implements LearnerOutput {}

  /** How the model is doing. */
  record NewEvaluation(Evaluation evaluation) implements LearnerOutput {}

  /** Something that happened to the model. */
  record NewEvent(ModelEvent event) implements LearnerOutput {}
}
