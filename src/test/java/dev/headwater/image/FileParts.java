package dev.headwater.image;

import static dev.headwater.image.TestImages.bytes;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;

/** Pieces of files, joined and repeated, for files that no encoder would write. */
final class FileParts {
  private static final int LZW_CODES = 4096;

  private FileParts() {}

  static byte[] join(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  static byte[] times(int count, byte[] part) {
    byte[] repeated = new byte[part.length * count];
    for (int i = 0; i < count; i++) {
      System.arraycopy(part, 0, repeated, i * part.length, part.length);
    }
    return repeated;
  }

  static byte[] text(String latin) {
    return latin.getBytes(ISO_8859_1);
  }

  static byte[] u16le(int... values) {
    byte[] bytes = new byte[values.length * 2];
    for (int i = 0; i < values.length; i++) {
      bytes[2 * i] = (byte) values[i];
      bytes[2 * i + 1] = (byte) (values[i] >> 8);
    }
    return bytes;
  }

  static byte[] u32le(int... values) {
    byte[] bytes = new byte[0];
    for (int value : values) {
      bytes = join(bytes, u16le(value, value >> 16));
    }
    return bytes;
  }

  static byte[] insert(byte[] file, int at, byte[] part) {
    return join(Arrays.copyOf(file, at), part, Arrays.copyOfRange(file, at, file.length));
  }

  /** Returns a zlib stream of {@code mebibytes} of zeros. */
  static byte[] deflatedZeros(int mebibytes) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var deflater = new DeflaterOutputStream(out)) {
      for (int i = 0; i < mebibytes; i++) {
        deflater.write(new byte[1 << 20]);
      }
    }
    return out.toByteArray();
  }

  /** Returns GIF sub-blocks, with their end. */
  static byte[] gifBlocks(byte[] data) {
    var out = new ByteArrayOutputStream();
    for (int at = 0; at < data.length; at += 255) {
      int length = Math.min(255, data.length - at);
      out.write(length);
      out.write(data, at, length);
    }
    out.write(0);
    return out.toByteArray();
  }

  static byte[] gifImage(int x, int y, int width, int height, byte[] lzw) {
    return join(bytes(0x2c), u16le(x, y, width, height), bytes(0, 8), gifBlocks(lzw));
  }

  /**
   * Returns GIF data with a root of 8 bits for that many pixels of colour 0, in ever longer runs.
   */
  static byte[] lzwZeros(long pixels) {
    var bits = new BitWriter().put(256, 9).put(0, 9);
    int next = 258;
    int width = 9;
    long length = 1;
    for (long done = 1; done < pixels; done += length) {
      bits.put(Math.min(next, LZW_CODES - 1), width);
      if (next < LZW_CODES) {
        next++;
        length++;
        width += next == 1 << width && width < 12 ? 1 : 0;
      }
    }
    return bits.put(257, width).toByteArray();
  }

  /** Returns a JPEG segment. */
  static byte[] segment(int marker, byte[] payload) {
    int length = payload.length + 2;
    return join(bytes(0xff, marker, length >> 8, length), payload);
  }

  /** Returns a RIFF chunk, padded. */
  static byte[] riffChunk(String type, byte[] data) {
    return join(text(type), u32le(data.length), data, new byte[data.length % 2]);
  }

  static byte[] webp(byte[]... chunks) {
    byte[] all = join(chunks);
    return join(text("RIFF"), u32le(all.length + 4), text("WEBP"), all);
  }

  /** Collects bits, the lowest of each byte first, as GIF and lossless WebP do. */
  static final class BitWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private long pending;
    private int count;

    BitWriter put(long value, int bits) {
      pending |= value << count;
      count += bits;
      while (count >= 8) {
        out.write((int) pending);
        pending >>>= 8;
        count -= 8;
      }
      return this;
    }

    byte[] toByteArray() {
      return count == 0 ? out.toByteArray() : join(out.toByteArray(), bytes((int) pending));
    }
  }
}
