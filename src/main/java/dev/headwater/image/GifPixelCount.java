package dev.headwater.image;

import java.util.Arrays;

/**
 * Counts the pixels that a GIF's compressed data stands for, without decoding them: the JDK's
 * reader leaves rows that are missing blank, and does not say so.
 */
final class GifPixelCount {
  private static final int MAX_CODE_BITS = 12;

  private final byte[] data;
  private final int clear;
  private final int[] lengths = new int[1 << MAX_CODE_BITS];
  private int codeBits;
  private int nextCode;
  private int previous;
  private int bitPosition;
  private long pixels;

  private GifPixelCount(byte[] data, int rootBits) {
    this.data = data;
    this.clear = 1 << rootBits;
    Arrays.fill(lengths, 0, clear, 1);
    reset();
  }

  /**
   * Counts pixels up to {@code enough}, or one run more.
   *
   * @param data the sub-blocks' contents, joined
   * @param rootBits the LZW minimum code size, 1 to 8
   */
  static GifPixelCount upTo(long enough, byte[] data, int rootBits) {
    var count = new GifPixelCount(data, rootBits);
    boolean more = true;
    while (more && count.pixels < enough) {
      more = count.readCode();
    }
    return count;
  }

  long pixels() {
    return pixels;
  }

  /** Returns how many bytes of the data were read. */
  int bytes() {
    return (bitPosition + 7) / 8;
  }

  private void reset() {
    nextCode = clear + 2;
    codeBits = Integer.numberOfTrailingZeros(clear) + 1;
    previous = -1;
  }

  /** Returns whether there may be more codes. */
  private boolean readCode() {
    if (bitPosition + codeBits > data.length * 8L) {
      return false;
    }
    int code = nextBits();
    if (code == clear) {
      reset();
      return true;
    }
    boolean repeatsPrevious = code == nextCode && previous >= 0;
    if (code == clear + 1 || (code >= nextCode && !repeatsPrevious)) {
      return false;
    }
    pixels += repeatsPrevious ? lengths[previous] + 1 : lengths[code];
    if (previous >= 0 && nextCode < lengths.length) {
      lengths[nextCode++] = lengths[previous] + 1;
      if (nextCode == 1 << codeBits && codeBits < MAX_CODE_BITS) {
        codeBits++;
      }
    }
    previous = code;
    return true;
  }

  private int nextBits() {
    int value = 0;
    for (int i = 0; i < codeBits; i++, bitPosition++) {
      value |= (data[bitPosition >> 3] >> (bitPosition & 7) & 1) << i;
    }
    return value;
  }
}
