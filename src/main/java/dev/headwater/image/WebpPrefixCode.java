package dev.headwater.image;

import java.util.Arrays;

/**
 * One canonical prefix code of lossless WebP (RFC 9649, section 3.7.2).
 *
 * <p>Codes that are not complete are refused: decoders differ in what they make of them.
 */
final class WebpPrefixCode {
  private static final int MAX_LENGTH = 15;
  private static final int LENGTH_CODES = 19;
  private static final int REPEAT_PREVIOUS = 16;
  private static final int REPEAT_ZERO_LONG = 18;
  private static final int[] LENGTH_ORDER = {
    17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
  };

  /** How many codes there are of each length. */
  private final int[] counts = new int[MAX_LENGTH + 1];

  /** Symbols in the order of their codes. */
  private final int[] symbols;

  private WebpPrefixCode(int[] lengths) throws ImageRejectedException {
    for (int length : lengths) {
      counts[length]++;
    }
    int used = lengths.length - counts[0];
    this.symbols = new int[used];
    int next = 0;
    for (int length = 1; length <= MAX_LENGTH; length++) {
      for (int symbol = 0; symbol < lengths.length; symbol++) {
        if (lengths[symbol] == length) {
          symbols[next++] = symbol;
        }
      }
    }
    if (used != 1 && !isComplete()) {
      throw broken();
    }
  }

  private boolean isComplete() {
    int room = 1;
    for (int length = 1; length <= MAX_LENGTH && room >= 0; length++) {
      room = 2 * room - counts[length];
    }
    return room == 0;
  }

  /** Reads a code's description; its symbols are below {@code alphabet}. */
  static WebpPrefixCode read(WebpBits bits, int alphabet) throws ImageRejectedException {
    int[] lengths = new int[alphabet];
    if (bits.readBit() == 1) {
      readSimple(bits, lengths);
    } else {
      readLengths(bits, lengths);
    }
    return new WebpPrefixCode(lengths);
  }

  private static void readSimple(WebpBits bits, int[] lengths) throws ImageRejectedException {
    boolean two = bits.readBit() == 1;
    int first = bits.read(bits.readBit() == 1 ? 8 : 1);
    int second = two ? bits.read(8) : first;
    if (Math.max(first, second) >= lengths.length || (two && first == second)) {
      throw broken();
    }
    lengths[first] = 1;
    lengths[second] = 1;
  }

  private static void readLengths(WebpBits bits, int[] lengths) throws ImageRejectedException {
    int[] lengthLengths = new int[LENGTH_CODES];
    int described = 4 + bits.read(4);
    for (int i = 0; i < described; i++) {
      lengthLengths[LENGTH_ORDER[i]] = bits.read(3);
    }
    int codes = lengths.length;
    if (bits.readBit() == 1) {
      codes = 2 + bits.read(2 + 2 * bits.read(3));
    }
    if (codes > lengths.length) {
      throw broken();
    }
    fill(bits, lengths, new WebpPrefixCode(lengthLengths), codes);
  }

  /** Reads {@code codes} lengths or repetitions of them. */
  private static void fill(WebpBits bits, int[] lengths, WebpPrefixCode code, int codes)
      throws ImageRejectedException {
    int previous = 8;
    int at = 0;
    for (int i = 0; i < codes && at < lengths.length; i++) {
      int length = code.decode(bits);
      int count = 1;
      if (length < REPEAT_PREVIOUS) {
        previous = length == 0 ? previous : length;
      } else {
        count = length == REPEAT_ZERO_LONG ? 11 + bits.read(7) : 3 + bits.read(length - 14);
        length = length == REPEAT_PREVIOUS ? previous : 0;
      }
      if (count > lengths.length - at) {
        throw broken();
      }
      Arrays.fill(lengths, at, at + count, length);
      at += count;
    }
  }

  /** Reads one symbol; a code of a single one takes no bits. */
  int decode(WebpBits bits) throws ImageRejectedException {
    if (symbols.length == 1) {
      return symbols[0];
    }
    int code = 0;
    int first = 0;
    int index = 0;
    for (int length = 1; length <= MAX_LENGTH; length++) {
      code |= bits.readBit();
      int count = counts[length];
      if (code - first < count) {
        return symbols[index + code - first];
      }
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw broken();
  }

  private static ImageRejectedException broken() {
    return Rejections.corrupt(ImageFormat.WEBP, "a prefix code that is not complete");
  }
}
