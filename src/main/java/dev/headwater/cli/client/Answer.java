package dev.headwater.cli.client;

import dev.headwater.event.Prediction;

/** What the service made of one image. */
public sealed interface Answer {
  /** The image's id. */
  String imageId();

  /** The image was predicted. */
  record Predicted(Prediction prediction) implements Answer {
    @Override
    public String imageId() {
      return prediction.imageId();
    }
  }

  /** The image could not be used; {@code code} is one of the service's error codes. */
  record DeadLettered(String imageId, String code, String message) implements Answer {}
}
