package dev.headwater.image;

/**
 * What an image file may weigh before it is decoded.
 *
 * @param maxBytes largest file, in bytes
 * @param maxPixels largest width times height, as the file's header states them
 */
public record ImageLimits(long maxBytes, long maxPixels) {
  /** 16 MiB and 25 megapixels: a 24-megapixel camera's JPEG passes. */
  public static final ImageLimits DEFAULT = new ImageLimits(16L << 20, 25_000_000);

  /** Checks that both limits are positive. */
  public ImageLimits {
    if (maxBytes <= 0 || maxPixels <= 0) {
      throw new IllegalArgumentException(
          "image limits must be positive, found %d bytes and %d pixels"
              .formatted(maxBytes, maxPixels));
    }
  }
}
