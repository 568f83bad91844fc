package dev.headwater.image;

/**
 * An RGB image of {@code height} rows by {@code width} columns, as 32-bit floats from 0 to 255.
 *
 * <p>Values are interleaved, row by row from the top left: {@code rgb[(y * width + x) * 3 + c]},
 * with {@code c} 0 for red, 1 for green, 2 for blue (TensorFlow's NHWC with one image).
 */
public final class Pixels {
  private final int width;
  private final int height;
  private final float[] rgb;

  private Pixels(int width, int height, float[] rgb) {
    if (rgb.length != width * height * 3) {
      throw new IllegalArgumentException(
          "%d values for %d x %d pixels, expected %d"
              .formatted(rgb.length, width, height, width * height * 3));
    }
    this.width = width;
    this.height = height;
    this.rgb = rgb;
  }

  /** Returns pixels that hold a copy of {@code rgb}. */
  public static Pixels copyOf(int width, int height, float[] rgb) {
    return new Pixels(width, height, rgb.clone());
  }

  /** Returns pixels backed by {@code rgb} itself: the caller must not write to it any more. */
  static Pixels wrap(int width, int height, float[] rgb) {
    return new Pixels(width, height, rgb);
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  /** Returns one channel of one pixel, from 0 to 255. */
  public float value(int x, int y, int channel) {
    return rgb[(y * width + x) * 3 + channel];
  }

  /**
   * Returns the value at an interleaved position; the hot path of preprocessing.
   *
   * @param index {@code (y * width + x) * 3 + channel}
   */
  public float value(int index) {
    return rgb[index];
  }
}
