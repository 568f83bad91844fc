package dev.headwater.backbone;

import dev.headwater.image.Pixels;

/**
 * How a pixel's channel, from 0 to 255, becomes a number the network was trained on: {@code value *
 * scale + offset}.
 *
 * @param scale factor on the channel's value
 * @param offset added after scaling
 */
public record Preprocessing(float scale, float offset) {
  /** From -1 to 1, as Keras' {@code mobilenet_v2.preprocess_input} does: {@code x / 127.5 - 1}. */
  public static final Preprocessing SYMMETRIC = new Preprocessing(1 / 127.5f, -1);

  /** From 0 to 1: {@code x / 255}. */
  public static final Preprocessing UNIT = new Preprocessing(1 / 255f, 0);

  /** Checks that both numbers are finite and that pixels still matter after scaling. */
  public Preprocessing {
    if (!Float.isFinite(scale) || !Float.isFinite(offset) || scale == 0) {
      throw new IllegalArgumentException(
          "preprocessing x * %s + %s: expected finite numbers and a scale other than 0"
              .formatted(scale, offset));
    }
  }

  /**
   * Writes preprocessed pixels plane by plane (red, green, blue: NCHW with one image) to {@code
   * planes}, which has {@code 3 * size * size} elements.
   *
   * @throws IllegalArgumentException if the pixels are not {@code size} by {@code size}
   */
  void toPlanes(Pixels pixels, int size, float[] planes) {
    if (pixels.width() != size || pixels.height() != size) {
      throw new IllegalArgumentException(
          "an image of %d x %d pixels, expected %d x %d"
              .formatted(pixels.width(), pixels.height(), size, size));
    }
    int plane = size * size;
    for (int i = 0; i < plane; i++) {
      planes[i] = pixels.value(3 * i) * scale + offset;
      planes[plane + i] = pixels.value(3 * i + 1) * scale + offset;
      planes[2 * plane + i] = pixels.value(3 * i + 2) * scale + offset;
    }
  }
}
