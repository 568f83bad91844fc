package dev.headwater.image;

/**
 * Reads numbers from a file's bytes in order; running past the end refuses the file as truncated.
 */
final class ByteCursor {
  private final ImageFormat format;
  private final byte[] bytes;
  private int position;

  ByteCursor(ImageFormat format, byte[] bytes, int position) {
    this.format = format;
    this.bytes = bytes;
    this.position = position;
  }

  int position() {
    return position;
  }

  int remaining() {
    return bytes.length - position;
  }

  void skip(long count) throws ImageRejectedException {
    require(count);
    position += (int) count;
  }

  int u8() throws ImageRejectedException {
    require(1);
    return bytes[position++] & 0xff;
  }

  int u16() throws ImageRejectedException {
    return u8() << 8 | u8();
  }

  long u32() throws ImageRejectedException {
    return (long) u16() << 16 | u16();
  }

  int u16le() throws ImageRejectedException {
    return u8() | u8() << 8;
  }

  int u24le() throws ImageRejectedException {
    return u16le() | u8() << 16;
  }

  long u32le() throws ImageRejectedException {
    return u16le() | (long) u16le() << 16;
  }

  int s32le() throws ImageRejectedException {
    return (int) u32le();
  }

  /** Refuses the file unless {@code count} more bytes follow. */
  void require(long count) throws ImageRejectedException {
    if (count > remaining()) {
      throw Rejections.truncated(
          format,
          "%s bytes found, at least %s expected"
              .formatted(Rejections.grouped(bytes.length), Rejections.grouped(position + count)));
    }
  }
}
