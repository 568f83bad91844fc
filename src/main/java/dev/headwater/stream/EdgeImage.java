package dev.headwater.stream;

import dev.headwater.backbone.Embedding;
import dev.headwater.event.ImageEvent;
import dev.headwater.event.Prediction;
import dev.headwater.image.Pixels;
import java.util.Optional;

/** What each step of the edge adds to an image event. */
final class EdgeImage {
  private EdgeImage() {}

  /** An event of a known model; its label, if it has one, is read. */
  record Admitted(
      ImageEvent event, ModelSettings model, Optional<Boolean> positive, byte[] digest) {}

  /** Its pixels at the backbone's input size. */
  record Decoded(Admitted image, Pixels pixels) {}

  /** Its embedding. */
  record Embedded(Admitted image, Embedding embedding) {}

  /** What the served head said of it. */
  record Predicted(Embedded embedded, Prediction prediction) {

    /** What the edge keeps of it. */
    SeenImage image() {
      var admitted = embedded.image();
      return SeenImage.of(admitted.digest(), prediction, embedded.embedding(), admitted.positive());
    }
  }
}
