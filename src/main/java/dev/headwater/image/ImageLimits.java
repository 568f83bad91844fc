package dev.headwater.image;

import static dev.headwater.image.Rejections.grouped;

import dev.headwater.image.ImageRejectedException.Reason;

/**
 * The limits that an image file is checked against before it is decoded.
 *
 * @param maxBytes largest file, in bytes
 * @param maxPixels largest width times height, as the file's header states them; neither may be
 *     more than 65 535
 */
public record ImageLimits(long maxBytes, long maxPixels) {
  /** 16 MiB and 25 megapixels: a 24-megapixel camera's JPEG passes. */
  public static final ImageLimits DEFAULT = new ImageLimits(16L << 20, 25_000_000);

  /** What JPEG and GIF can state; decoders spend time and memory on each row, however short. */
  private static final int MAX_SIDE = 65_535;

  /** Checks that both limits are positive. */
  public ImageLimits {
    if (maxBytes <= 0 || maxPixels <= 0) {
      throw new IllegalArgumentException(
          "image limits must be positive, found %d bytes and %d pixels"
              .formatted(maxBytes, maxPixels));
    }
  }

  /** Refuses a file that has no bytes, or more than allowed. */
  void checkBytes(byte[] file) throws ImageRejectedException {
    if (file == null || file.length == 0) {
      throw new ImageRejectedException(
          Reason.EMPTY, "image of 0 bytes, expected a JPEG, PNG, BMP, GIF or WebP file");
    }
    if (file.length > maxBytes) {
      throw new ImageRejectedException(
          Reason.TOO_MANY_BYTES,
          "image of %s bytes, at most %s allowed"
              .formatted(grouped(file.length), grouped(maxBytes)));
    }
  }

  /** Refuses an image that its header says is empty, larger than allowed, or absurdly long. */
  void checkPixels(ImageFormat format, long width, long height) throws ImageRejectedException {
    if (width <= 0 || height <= 0) {
      throw Rejections.corrupt(
          format, "image of %d x %d pixels, expected at least 1 x 1".formatted(width, height));
    }
    if (width > maxPixels / height) {
      throw new ImageRejectedException(
          Reason.TOO_MANY_PIXELS,
          "image of %s x %s = %s pixels, at most %s allowed"
              .formatted(
                  grouped(width), grouped(height), grouped(width * height), grouped(maxPixels)));
    }
    if (Math.max(width, height) > MAX_SIDE) {
      throw new ImageRejectedException(
          Reason.TOO_MANY_PIXELS,
          "image of %s x %s pixels, at most %s a side allowed"
              .formatted(grouped(width), grouped(height), grouped(MAX_SIDE)));
    }
  }
}
