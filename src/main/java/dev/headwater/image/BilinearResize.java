package dev.headwater.image;

import java.util.Arrays;

/**
 * Bilinear resizing as TensorFlow's {@code tf.image.resize} does it by default, and with it Keras'
 * {@code image_dataset_from_directory}: half-pixel centres, no anti-aliasing, aspect ratio not
 * kept, 32-bit float arithmetic in the same order, no rounding to bytes.
 *
 * <p>Every result needs at most two source columns and two source rows. The resize says which ones
 * ({@link #columns}, {@link #rows}), so that only their crossings have to be fetched and converted.
 */
final class BilinearResize {
  private final Axis horizontal;
  private final Axis vertical;

  /** Plans the resizing of {@code fromWidth x fromHeight} to {@code toWidth x toHeight} pixels. */
  BilinearResize(int fromWidth, int fromHeight, int toWidth, int toHeight) {
    this.horizontal = Axis.between(fromWidth, toWidth);
    this.vertical = Axis.between(fromHeight, toHeight);
  }

  /** Returns the source columns that are read, ascending; not to be written to. */
  int[] columns() {
    return horizontal.sources;
  }

  /** Returns the source rows that are read, ascending; not to be written to. */
  int[] rows() {
    return vertical.sources;
  }

  /**
   * Returns the resized image, interleaved RGB from 0 to 255.
   *
   * @param rgb the source at the crossings of {@link #columns} and {@link #rows}, interleaved
   */
  float[] apply(byte[] rgb) {
    int stride = horizontal.sources.length * 3;
    int rowLength = horizontal.lower.length * 3;
    float[] resized = new float[vertical.lower.length * rowLength];
    for (int y = 0; y < vertical.lower.length; y++) {
      int top = vertical.lower[y] * stride;
      int bottom = vertical.upper[y] * stride;
      mixRow(rgb, top, bottom, vertical.fraction[y], resized, y * rowLength);
    }
    return resized;
  }

  private void mixRow(byte[] rgb, int top, int bottom, float down, float[] resized, int to) {
    int next = to;
    for (int x = 0; x < horizontal.lower.length; x++) {
      int left = horizontal.lower[x] * 3;
      int right = horizontal.upper[x] * 3;
      float across = horizontal.fraction[x];
      for (int c = 0; c < 3; c++) {
        float upper = mix(rgb[top + left + c] & 0xff, rgb[top + right + c] & 0xff, across);
        float lower = mix(rgb[bottom + left + c] & 0xff, rgb[bottom + right + c] & 0xff, across);
        resized[next++] = mix(upper, lower, down);
      }
    }
  }

  private static float mix(float from, float to, float fraction) {
    return from + (to - from) * fraction;
  }

  /**
   * One direction: for each result the two sources, as positions in {@link #sources}, and how far
   * it lies from the lower to the upper one.
   */
  private static final class Axis {
    private final int[] sources;
    private final int[] lower;
    private final int[] upper;
    private final float[] fraction;

    private Axis(int[] sources, int[] lower, int[] upper, float[] fraction) {
      this.sources = sources;
      this.lower = lower;
      this.upper = upper;
      this.fraction = fraction;
    }

    static Axis between(int from, int to) {
      int[] lower = new int[to];
      int[] upper = new int[to];
      float[] fraction = new float[to];
      float scale = (float) from / to;
      for (int i = 0; i < to; i++) {
        float centre = (i + 0.5f) * scale - 0.5f;
        float floor = (float) Math.floor(centre);
        lower[i] = Math.min(Math.max((int) floor, 0), from - 1);
        upper[i] = Math.max(Math.min((int) Math.ceil(centre), from - 1), 0);
        fraction[i] = centre - floor;
      }
      return gathered(lower, upper, fraction);
    }

    /** Numbers the distinct sources; both arrays ascend, and {@code upper} is at most one ahead. */
    private static Axis gathered(int[] lower, int[] upper, float[] fraction) {
      int[] sources = new int[lower.length * 2];
      int count = 0;
      for (int i = 0; i < lower.length; i++) {
        count = append(sources, count, lower[i]);
        count = append(sources, count, upper[i]);
      }
      int[] used = Arrays.copyOf(sources, count);
      for (int i = 0; i < lower.length; i++) {
        lower[i] = Arrays.binarySearch(used, lower[i]);
        upper[i] = Arrays.binarySearch(used, upper[i]);
      }
      return new Axis(used, lower, upper, fraction);
    }

    private static int append(int[] sources, int count, int source) {
      if (count > 0 && sources[count - 1] >= source) {
        return count;
      }
      sources[count] = source;
      return count + 1;
    }
  }
}
