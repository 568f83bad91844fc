package dev.headwater.cli.client;

import dev.headwater.event.Prediction;

/** The prediction or dead letter of one image. */
public sealed interface ImageResult {
  /** The image's id. */
  String imageId();

  /** The image was predicted. */
  record Predicted(Prediction prediction) implements ImageResult {
    @Override
    public String imageId() {
      return prediction.imageId();
    }
  }

  /** The image could not be used; {@code code} is one of the service's error codes. */
  record DeadLettered(String imageId, String code, String message) implements ImageResult {}
}
