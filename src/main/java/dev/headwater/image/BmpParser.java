package dev.headwater.image;

/**
 * Checks a BMP file's headers against its length.
 *
 * <p>Pixels embedded as JPEG or PNG are refused, and colour profiles are cut off: a profile may be
 * linked by a file name, which nobody who sends an image should be able to have opened.
 */
final class BmpParser {
  private static final int FILE_HEADER_BYTES = 14;
  private static final int OS2_HEADER_BYTES = 12;
  private static final int V4_HEADER_BYTES = 108;
  private static final int COLOUR_SPACE_OFFSET = FILE_HEADER_BYTES + 56;
  private static final byte[] STANDARD_RGB = {'B', 'G', 'R', 's'};
  private static final int UNCOMPRESSED = 0;
  private static final int RLE8 = 1;
  private static final int RLE4 = 2;
  private static final int BIT_FIELDS = 3;

  private final byte[] file;
  private final ImageLimits limits;
  private final ByteCursor in;
  private int headerBytes;
  private int width;
  private int height;
  private int bitsPerPixel;
  private long pixelOffset;

  private BmpParser(byte[] file, ImageLimits limits) {
    this.file = file;
    this.limits = limits;
    this.in = new ByteCursor(ImageFormat.BMP, file, 10);
  }

  static EncodedImage parse(byte[] file, ImageLimits limits) throws ImageRejectedException {
    return new BmpParser(file, limits).parse();
  }

  private EncodedImage parse() throws ImageRejectedException {
    pixelOffset = in.u32le();
    headerBytes = (int) in.u32le();
    boolean os2 = headerBytes == OS2_HEADER_BYTES;
    long columns = os2 ? in.u16le() : in.s32le();
    long rows = os2 ? in.u16le() : Math.abs((long) in.s32le());
    limits.checkPixels(ImageFormat.BMP, columns, rows);
    width = (int) columns;
    height = (int) rows;
    in.skip(2);
    bitsPerPixel = in.u16le();
    if (os2) {
      requireUncompressed();
    } else {
      readCompression();
    }
    return EncodedImage.plain(ImageFormat.BMP, width, height, withoutProfile());
  }

  private void readCompression() throws ImageRejectedException {
    long compression = in.u32le();
    long dataBytes = in.u32le();
    in.skip(8);
    long colours = in.u32le();
    in.require(colours * 4);
    if (compression == UNCOMPRESSED || compression == BIT_FIELDS) {
      requireUncompressed();
    } else if (compression == RLE8 || compression == RLE4) {
      requireLength(dataBytes);
    } else {
      throw Rejections.corrupt(
          ImageFormat.BMP,
          "compression %d, expected none (0 or 3) or run lengths (1 or 2)".formatted(compression));
    }
  }

  private void requireUncompressed() throws ImageRejectedException {
    requireLength(((long) width * bitsPerPixel + 31) / 32 * 4 * height);
  }

  private void requireLength(long dataBytes) throws ImageRejectedException {
    long expected = pixelOffset + dataBytes;
    if (file.length < expected) {
      throw Rejections.truncated(
          ImageFormat.BMP,
          "%s bytes found, %s expected"
              .formatted(Rejections.grouped(file.length), Rejections.grouped(expected)));
    }
  }

  private byte[] withoutProfile() throws ImageRejectedException {
    if (headerBytes < V4_HEADER_BYTES) {
      return file;
    }
    in.require((long) FILE_HEADER_BYTES + headerBytes - in.position());
    byte[] copy = file.clone();
    System.arraycopy(STANDARD_RGB, 0, copy, COLOUR_SPACE_OFFSET, STANDARD_RGB.length);
    return copy;
  }
}
