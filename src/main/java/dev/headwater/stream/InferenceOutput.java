package dev.headwater.stream;

import dev.headwater.event.Prediction;
import dev.headwater.learner.model.LearnerInput;

/** An output of the inference application. */
sealed interface InferenceOutput {

  /** A prediction to publish. */
  record NewPrediction(Prediction prediction) implements InferenceOutput {}

  /** An input of a model's learner. */
  record ForLearner(String model, LearnerInput input) implements InferenceOutput {}

  /** A record that cannot be used. */
  record Refused(Refusal refusal) implements InferenceOutput {}
}
