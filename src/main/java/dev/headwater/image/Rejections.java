package dev.headwater.image;

import dev.headwater.image.ImageRejectedException.Reason;
import java.io.IOException;
import java.util.Locale;

/** Builds the messages of refusals: what was found and expected, never a byte of the payload. */
final class Rejections {
  private static final int LONGEST_DETAIL = 160;

  private Rejections() {}

  static ImageRejectedException truncated(ImageFormat format, String detail) {
    return new ImageRejectedException(
        Reason.TRUNCATED, format.label() + " file ends before its image does: " + detail);
  }

  static ImageRejectedException corrupt(ImageFormat format, String detail) {
    return new ImageRejectedException(Reason.CORRUPT, format.label() + " file: " + detail);
  }

  /** Words a failure of a decoder that is not ours. */
  static ImageRejectedException undecodable(EncodedImage image, Exception cause) {
    var reason = image.complete() ? Reason.CORRUPT : Reason.TRUNCATED;
    String message =
        "%s image of %d x %d pixels cannot be decoded: %s"
            .formatted(
                image.format().label(),
                image.frame().width(),
                image.frame().height(),
                detailOf(cause));
    return new ImageRejectedException(reason, message, cause);
  }

  /** Names unexpected exceptions by class: their messages alone are often a bare number. */
  private static String detailOf(Exception cause) {
    String message = cause.getMessage() == null ? "" : cause.getMessage();
    String printable = message.replaceAll("[^ -~]+", " ").strip();
    boolean speaksForItself = cause instanceof IOException && !printable.isEmpty();
    String detail =
        speaksForItself ? printable : (cause.getClass().getSimpleName() + " " + printable).strip();
    return detail.length() <= LONGEST_DETAIL ? detail : detail.substring(0, LONGEST_DETAIL) + "...";
  }

  /** Returns a number with its thousands set apart by spaces: {@code 25 000 000}. */
  static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number).replace(',', ' ');
  }
}
