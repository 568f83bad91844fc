package dev.headwater.stream;

import static dev.headwater.event.ErrorCode.IMAGE_CORRUPT;
import static dev.headwater.event.ErrorCode.IMAGE_FORMAT_UNKNOWN;
import static dev.headwater.event.ErrorCode.IMAGE_TOO_MANY_BYTES;
import static dev.headwater.event.ErrorCode.IMAGE_TOO_MANY_PIXELS;
import static dev.headwater.event.ErrorCode.IMAGE_TRUNCATED;

import dev.headwater.event.ContentHash;
import dev.headwater.event.ErrorCode;
import dev.headwater.event.ImageEvent;
import dev.headwater.event.RejectedException;
import dev.headwater.image.ImageDecoder;
import dev.headwater.image.ImageRejectedException;
import dev.headwater.learner.model.ModelCatalog;
import dev.headwater.stream.InferenceImage.Admitted;
import dev.headwater.stream.InferenceImage.Decoded;
import dev.headwater.stream.InferenceImage.Embedded;
import java.util.Optional;

/** The steps of inference that need no Kafka. */
final class InferenceSteps {
  private final ModelCatalog catalog;
  private final ImageDecoder decoder;
  private final EmbedderPool embedders;

  InferenceSteps(ModelCatalog catalog, ImageDecoder decoder, EmbedderPool embedders) {
    this.catalog = catalog;
    this.decoder = decoder;
    this.embedders = embedders;
  }

  /** Finds the model that an event names, reads its label and takes the digest of its bytes. */
  Admitted admit(ImageEvent event) throws RejectedException {
    var model = catalog.admit(event.model());
    Optional<Boolean> positive =
        event.label().isPresent()
            ? Optional.of(model.isPositive(event.label().get()))
            : Optional.empty();
    return new Admitted(event, model, positive, ContentHash.of(event.image()));
  }

  /** Turns the file's bytes into pixels. */
  Decoded decode(Admitted image) throws RejectedException {
    try {
      return new Decoded(image, decoder.decode(image.event().image()));
    } catch (ImageRejectedException e) {
      throw new RejectedException(
          code(e.reason()), "image %s: %s".formatted(image.event().id(), e.getMessage()), e);
    }
  }

  static ErrorCode code(ImageRejectedException.Reason reason) {
    return switch (reason) {
      case EMPTY -> ErrorCode.EVENT_WITHOUT_IMAGE;
      case TOO_MANY_BYTES -> IMAGE_TOO_MANY_BYTES;
      case TOO_MANY_PIXELS -> IMAGE_TOO_MANY_PIXELS;
      case FORMAT_UNKNOWN -> IMAGE_FORMAT_UNKNOWN;
      case TRUNCATED -> IMAGE_TRUNCATED;
      case CORRUPT -> IMAGE_CORRUPT;
    };
  }

  /** Turns pixels into an embedding. */
  Embedded embed(Decoded decoded) {
    return new Embedded(decoded.image(), embedders.embed(decoded.pixels()));
  }
}
