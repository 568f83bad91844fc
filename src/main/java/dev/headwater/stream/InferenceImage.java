package dev.headwater.stream;

import dev.headwater.backbone.Embedding;
import dev.headwater.event.ImageEvent;
import dev.headwater.event.Prediction;
import dev.headwater.image.Pixels;
import dev.headwater.learner.model.ModelSettings;
import java.util.Optional;

/** What each step of inference adds to an image event. */
final class InferenceImage {
  private InferenceImage() {}

  /** An event of a known model; its label, if it has one, is read. */
  record Admitted(
      ImageEvent event, ModelSettings model, Optional<Boolean> positive, byte[] digest) {}

  /** Its pixels at the backbone's input size. */
  record Decoded(Admitted image, Pixels pixels) {}

  /** Its embedding. */
  record Embedded(Admitted image, Embedding embedding) {}

  /** Its prediction by the head in service. */
  record Predicted(Embedded embedded, Prediction prediction) {

    /** Returns what inference remembers of it. */
    SeenImage image() {
      var admitted = embedded.image();
      return SeenImage.of(admitted.digest(), prediction, embedded.embedding(), admitted.positive());
    }
  }
}
