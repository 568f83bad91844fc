package dev.headwater.image;

/** Reads the bits of lossless WebP data, the lowest of each byte first. */
final class WebpBits {
  private final byte[] file;
  private final long end;
  private long position;

  /** Starts at a byte; {@code end} is the offset after the last. */
  WebpBits(byte[] file, int start, int end) {
    this.file = file;
    this.position = start * 8L;
    this.end = end * 8L;
  }

  int read(int count) throws ImageRejectedException {
    int value = 0;
    for (int i = 0; i < count; i++) {
      value |= readBit() << i;
    }
    return value;
  }

  int readBit() throws ImageRejectedException {
    if (position >= end) {
      throw Rejections.corrupt(ImageFormat.WEBP, "its data ends before the image does");
    }
    int bit = file[(int) (position >> 3)] >> (position & 7) & 1;
    position++;
    return bit;
  }
}
