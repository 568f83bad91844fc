package dev.headwater.stream;

import dev.headwater.event.Prediction;
import dev.headwater.learner.model.LearnerInput;

/** What leaves inference. */
sealed interface InferenceOutput {

  /** What the served head said of an image. */
  record NewPrediction(Prediction prediction) implements InferenceOutput {}

  /** What a model's learner is told. */
  record ForLearner(String model, LearnerInput input) implements InferenceOutput {}

  /** A record that cannot be used. */
  record Refused(Refusal refusal) implements InferenceOutput {}
}
