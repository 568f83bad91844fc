package dev.headwater.event;

import java.time.Instant;
import java.util.Optional;

/**
 * An image to classify, perhaps with its label; whatever form it had on the wire.
 *
 * @param id names the image; unique
 * @param model which model to ask
 * @param domain where the image came from, such as a camera or a style
 * @param label the class as the producer wrote it: a class name, 1, 0, true or false
 * @param time when the image was taken or sent
 * @param image the file's bytes; copied in, copied out
 */
public record ImageEvent(
    String id, String model, String domain, Optional<String> label, Instant time, byte[] image) {

  /** The model of an event that names none. */
  public static final String DEFAULT_MODEL = "default";

  /** The domain of an event that names neither domain nor source. */
  public static final String DEFAULT_DOMAIN = "default";

  /** Copies the bytes. */
  public ImageEvent {
    image = image.clone();
  }

  @Override
  public byte[] image() {
    return image.clone();
  }
}
