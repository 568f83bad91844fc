package dev.headwater.stream;

import dev.headwater.learner.model.LearnerInput.Flush;
import dev.headwater.learner.model.LearnerOutput;

/** An output of the step that learns. */
sealed interface LearnRecord {

  /** What a model's learner made of an input. */
  record Learnt(LearnerOutput output) implements LearnRecord {}

  /** A request of the learner to itself, put in order among the model's inputs. */
  record FlushDue(Flush flush) implements LearnRecord {}

  /** An input that cannot be used. */
  record Refused(Refusal refusal) implements LearnRecord {}
}
