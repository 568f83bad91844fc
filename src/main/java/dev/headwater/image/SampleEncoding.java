package dev.headwater.image;

/**
 * What a decoder's interleaved 8-bit samples mean, and how they become gray, RGB or CMYK ink.
 *
 * <p>YCbCr follows JFIF with libjpeg's 16-bit fixed-point arithmetic, so that the result is the
 * same to the bit.
 */
enum SampleEncoding {
  /** Gray, RGB, or CMYK where 255 is full ink. */
  DIRECT,
  /** JFIF's YCbCr. */
  YCBCR,
  /** CMYK as Adobe writes it, where 0 is full ink. */
  INVERTED_CMYK,
  /** Inverted CMYK, its first three channels as YCbCr. */
  INVERTED_YCCK;

  private static final int HALF = 1 << 15;
  private static final int RED_FROM_CR = 91881;
  private static final int GREEN_FROM_CB = -22554;
  private static final int GREEN_FROM_CR = -46802;
  private static final int BLUE_FROM_CB = 116130;

  /** Replaces samples by device values: gray, RGB or ink. */
  void decode(byte[] samples) {
    switch (this) {
      case DIRECT -> {}
      case YCBCR -> toRgb(samples, 3);
      case INVERTED_CMYK -> invert(samples, 0, 1);
      case INVERTED_YCCK -> {
        toRgb(samples, 4);
        // libjpeg defines C as 255 - R, and Adobe stores 255 - C: the two inversions cancel for C,
        // M
        // and Y, but K was never transformed.
        invert(samples, 3, 4);
      }
    }
  }

  private static void toRgb(byte[] samples, int pixelStride) {
    for (int i = 0; i < samples.length; i += pixelStride) {
      int y = samples[i] & 0xff;
      int cb = (samples[i + 1] & 0xff) - 128;
      int cr = (samples[i + 2] & 0xff) - 128;
      samples[i] = clamp(y + ((RED_FROM_CR * cr + HALF) >> 16));
      samples[i + 1] = clamp(y + ((GREEN_FROM_CB * cb + GREEN_FROM_CR * cr + HALF) >> 16));
      samples[i + 2] = clamp(y + ((BLUE_FROM_CB * cb + HALF) >> 16));
    }
  }

  private static void invert(byte[] samples, int first, int step) {
    for (int i = first; i < samples.length; i += step) {
      samples[i] = (byte) ~samples[i];
    }
  }

  private static byte clamp(int value) {
    return (byte) Math.max(0, Math.min(255, value));
  }
}
