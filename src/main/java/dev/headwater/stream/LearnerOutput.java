package dev.headwater.stream;

import dev.headwater.event.Evaluation;
import dev.headwater.event.ModelEvent;
import dev.headwater.snapshot.Snapshot;

/** What leaves a model's learner. */
sealed interface LearnerOutput {

  /** A new version of the head. */
  record NewSnapshot(Snapshot snapshot) implements LearnerOutput {}

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

  /** A request to the learner itself, which goes through its log. */
  record FlushDue(LearnerInput.Flush flush) implements LearnerOutput {}

  /** An input that could not be used. */
  record Refused(Refusal refusal) implements LearnerOutput {}
}
