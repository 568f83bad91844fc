package dev.headwater.stream;

import dev.headwater.event.Prediction;

/** What leaves the edge. */
sealed interface EdgeOutput {

  /** What the served head said of an image. */
  record Answered(Prediction prediction) implements EdgeOutput {}

  /** What a model's learner is told. */
  record ForLearner(String model, LearnerInput input) implements EdgeOutput {}

  /** A record that cannot be used. */
  record Refused(Refusal refusal) implements EdgeOutput {}
}
