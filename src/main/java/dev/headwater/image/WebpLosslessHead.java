package dev.headwater.image;

/**
 * Checks what precedes the pixels in lossless WebP data (RFC 9649, section 3): the transforms and
 * the number of prefix codes.
 *
 * <p>Our decoder repeats a transform as often as it is asked to, each time over the whole image,
 * and allocates for as many prefix codes as are announced: 100 bytes could keep it busy for hours.
 */
final class WebpLosslessHead {
  private static final int PREDICTOR = 0;
  private static final int COLOUR = 1;
  private static final int COLOUR_INDEXING = 3;
  private static final int LITERALS = 256;
  private static final int LENGTH_PREFIXES = 24;
  private static final int DISTANCE_PREFIXES = 40;
  private static final int MAX_CACHE_BITS = 11;

  /** libwebp writes 2 600 at most; each takes our decoder some 5 kB. */
  private static final int MAX_CODE_GROUPS = 16_384;

  private final WebpBits bits;
  private final int width;
  private final int height;

  private WebpLosslessHead(WebpBits bits, int width, int height) {
    this.bits = bits;
    this.width = width;
    this.height = height;
  }

  /**
   * Refuses data whose head costs more than its image.
   *
   * @param bits what follows the size, or the first byte of an alpha plane
   */
  static void check(WebpBits bits, int width, int height) throws ImageRejectedException {
    new WebpLosslessHead(bits, width, height).check();
  }

  private void check() throws ImageRejectedException {
    int columns = skipTransforms();
    readCacheBits();
    if (bits.readBit() == 0) {
      return;
    }
    int blockBits = bits.read(3) + 2;
    int groups = 1 + skipImage(blocks(columns, blockBits), blocks(height, blockBits));
    if (groups > MAX_CODE_GROUPS) {
      throw Rejections.corrupt(
          ImageFormat.WEBP,
          "%d groups of prefix codes, at most %d allowed".formatted(groups, MAX_CODE_GROUPS));
    }
  }

  /** Returns how many columns are left: a palette packs several pixels into one. */
  private int skipTransforms() throws ImageRejectedException {
    int columns = width;
    int seen = 0;
    while (bits.readBit() == 1) {
      int type = bits.read(2);
      if ((seen >> type & 1) == 1) {
        throw Rejections.corrupt(
            ImageFormat.WEBP, "transform %d twice, expected once at most".formatted(type));
      }
      seen |= 1 << type;
      if (type == PREDICTOR || type == COLOUR) {
        int blockBits = bits.read(3) + 2;
        skipImage(blocks(columns, blockBits), blocks(height, blockBits));
      } else if (type == COLOUR_INDEXING) {
        int colours = bits.read(8) + 1;
        skipImage(colours, 1);
        columns = blocks(columns, packedBits(colours));
      }
    }
    return columns;
  }

  private static int packedBits(int colours) {
    return colours <= 2 ? 3 : colours <= 4 ? 2 : colours <= 16 ? 1 : 0;
  }

  private static int blocks(int side, int blockBits) {
    return (side + (1 << blockBits) - 1) >> blockBits;
  }

  private int readCacheBits() throws ImageRejectedException {
    if (bits.readBit() == 0) {
      return 0;
    }
    int cacheBits = bits.read(4);
    if (cacheBits < 1 || cacheBits > MAX_CACHE_BITS) {
      throw Rejections.corrupt(
          ImageFormat.WEBP, "colour cache of %d bits, expected 1 to 11".formatted(cacheBits));
    }
    return cacheBits;
  }

  /**
   * Reads past an image inside the head, and returns the highest number that red and green make in
   * it. Literals are enough for that, since anything else repeats them.
   */
  private int skipImage(int columns, int rows) throws ImageRejectedException {
    int cacheBits = readCacheBits();
    int cached = cacheBits == 0 ? 0 : 1 << cacheBits;
    var green = WebpPrefixCode.read(bits, LITERALS + LENGTH_PREFIXES + cached);
    var red = WebpPrefixCode.read(bits, LITERALS);
    var blue = WebpPrefixCode.read(bits, LITERALS);
    var alpha = WebpPrefixCode.read(bits, LITERALS);
    var distance = WebpPrefixCode.read(bits, DISTANCE_PREFIXES);
    int highest = 0;
    long left = (long) columns * rows;
    while (left > 0) {
      int symbol = green.decode(bits);
      if (symbol < LITERALS) {
        highest = Math.max(highest, red.decode(bits) << 8 | symbol);
        blue.decode(bits);
        alpha.decode(bits);
        left--;
      } else if (symbol < LITERALS + LENGTH_PREFIXES) {
        left -= prefixed(symbol - LITERALS);
        prefixed(distance.decode(bits));
      } else {
        left--;
      }
    }
    return highest;
  }

  /** Reads the number that a prefix begins: a length or a distance. */
  private int prefixed(int prefix) throws ImageRejectedException {
    if (prefix < 4) {
      return prefix + 1;
    }
    int extra = (prefix - 2) >> 1;
    return ((2 + (prefix & 1)) << extra) + bits.read(extra) + 1;
  }
}
