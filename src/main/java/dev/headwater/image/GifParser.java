package dev.headwater.image;

import java.io.ByteArrayOutputStream;

/**
 * Walks a GIF file's blocks up to the end of its first image, which becomes a file of its own.
 *
 * <p>Later frames, comments and application blocks are left out, and may be missing or broken. So
 * is what the JDK's reader would take otherwise: it decodes all data of an image, though its pixels
 * are long complete, and reads what follows the fourth byte of a graphic control as a block.
 */
final class GifParser {
  private static final int SIGNATURE_BYTES = 6;
  private static final int EXTENSION = 0x21;
  private static final int IMAGE = 0x2c;
  private static final int TRAILER = 0x3b;
  private static final int GRAPHIC_CONTROL = 0xf9;
  private static final int GRAPHIC_CONTROL_BYTES = 8;
  private static final int SUB_BLOCK_BYTES = 255;

  private final byte[] file;
  private final ImageLimits limits;
  private final ByteCursor in;
  private final ByteArrayOutputStream essence;
  private int screenWidth;
  private int screenHeight;
  private int graphicControl = -1;

  private GifParser(byte[] file, ImageLimits limits) {
    this.file = file;
    this.limits = limits;
    this.in = new ByteCursor(ImageFormat.GIF, file, SIGNATURE_BYTES);
    this.essence = new ByteArrayOutputStream(file.length);
  }

  static EncodedImage parse(byte[] file, ImageLimits limits) throws ImageRejectedException {
    return new GifParser(file, limits).parse();
  }

  private EncodedImage parse() throws ImageRejectedException {
    readScreen();
    while (true) {
      int start = in.position();
      int block = in.u8();
      switch (block) {
        case EXTENSION -> readExtension(start);
        case IMAGE -> {
          return readImage(start);
        }
        default -> throw unexpected(block);
      }
    }
  }

  private void readScreen() throws ImageRejectedException {
    screenWidth = in.u16le();
    screenHeight = in.u16le();
    limits.checkPixels(ImageFormat.GIF, screenWidth, screenHeight);
    int flags = in.u8();
    in.skip(2);
    in.skip(colourTableBytes(flags));
    essence.write(file, 0, in.position());
  }

  private void readExtension(int start) throws ImageRejectedException {
    int label = in.u8();
    skipSubBlocks();
    boolean wellFormed = in.position() - start == GRAPHIC_CONTROL_BYTES && file[start + 2] == 4;
    if (label == GRAPHIC_CONTROL && wellFormed) {
      graphicControl = start;
    }
  }

  private EncodedImage readImage(int start) throws ImageRejectedException {
    int x = in.u16le();
    int y = in.u16le();
    int width = in.u16le();
    int height = in.u16le();
    limits.checkPixels(ImageFormat.GIF, width, height);
    int canvasWidth = Math.max(screenWidth, x + width);
    int canvasHeight = Math.max(screenHeight, y + height);
    limits.checkPixels(ImageFormat.GIF, canvasWidth, canvasHeight);
    in.skip(colourTableBytes(in.u8()));
    int rootBits = readRootBits();
    if (graphicControl >= 0) {
      essence.write(file, graphicControl, GRAPHIC_CONTROL_BYTES);
    }
    essence.write(file, start, in.position() - start);
    writePixels((long) width * height, rootBits);
    essence.write(TRAILER);
    return EncodedImage.plain(ImageFormat.GIF, width, height, essence.toByteArray())
        .onCanvas(canvasWidth, canvasHeight, x, y);
  }

  private int readRootBits() throws ImageRejectedException {
    int rootBits = in.u8();
    if (rootBits < 1 || rootBits > 8) {
      throw Rejections.corrupt(
          ImageFormat.GIF, "minimum code size %d, expected 1 to 8".formatted(rootBits));
    }
    return rootBits;
  }

  /** Writes as much data as the expected pixels take. */
  private void writePixels(long expected, int rootBits) throws ImageRejectedException {
    int start = in.position();
    skipSubBlocks();
    byte[] data = joinSubBlocks(start);
    var counted = GifPixelCount.upTo(expected, data, rootBits);
    if (counted.pixels() < expected) {
      throw Rejections.corrupt(
          ImageFormat.GIF,
          "data for %s pixels, expected %s"
              .formatted(Rejections.grouped(counted.pixels()), Rejections.grouped(expected)));
    }
    for (int at = 0; at < counted.bytes(); at += SUB_BLOCK_BYTES) {
      int length = Math.min(SUB_BLOCK_BYTES, counted.bytes() - at);
      essence.write(length);
      essence.write(data, at, length);
    }
    essence.write(0);
  }

  /** Joins sub-blocks that are known to be whole. */
  private byte[] joinSubBlocks(int start) {
    var joined = new ByteArrayOutputStream(in.position() - start);
    int at = start;
    while (file[at] != 0) {
      int length = file[at] & 0xff;
      joined.write(file, at + 1, length);
      at += 1 + length;
    }
    return joined.toByteArray();
  }

  private void skipSubBlocks() throws ImageRejectedException {
    int length = in.u8();
    while (length > 0) {
      in.skip(length);
      length = in.u8();
    }
  }

  private static int colourTableBytes(int flags) {
    return (flags & 0x80) == 0 ? 0 : 3 * (2 << (flags & 7));
  }

  private static ImageRejectedException unexpected(int block) {
    return Rejections.corrupt(
        ImageFormat.GIF,
        block == TRAILER
            ? "no image before the end mark"
            : "block 0x%02x, expected an extension or an image".formatted(block));
  }
}
