package dev.headwater.image;

/**
 * Samples of an image at the crossings of some of its columns and rows, 8 bits each, as its file
 * holds them: gray, RGB or another encoding of one, three or four channels, and perhaps alpha.
 */
final class DeviceSamples {
  private static final int OPAQUE = 255;

  private final int channels;
  private final byte[] values;
  private final byte[] alpha;

  /** Takes the arrays over; {@code alpha} is null where all samples are opaque. */
  DeviceSamples(int channels, byte[] values, byte[] alpha) {
    this.channels = channels;
    this.values = values;
    this.alpha = alpha;
  }

  int channels() {
    return channels;
  }

  /** Returns the interleaved values themselves, to be converted in place. */
  byte[] values() {
    return values;
  }

  /** Lays interleaved RGB at the same crossings over white, in place. */
  void compositeOnWhite(byte[] rgb) {
    if (alpha == null) {
      return;
    }
    for (int i = 0; i < alpha.length; i++) {
      int weight = alpha[i] & 0xff;
      if (weight != OPAQUE) {
        for (int c = i * 3; c < i * 3 + 3; c++) {
          rgb[c] = (byte) (((rgb[c] & 0xff) * weight + OPAQUE * (OPAQUE - weight) + 127) / OPAQUE);
        }
      }
    }
  }
}
