package dev.headwater.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Where a whole image file's parts begin, and where numbers stand that say how large something is.
 *
 * @param parts offsets of chunks, segments or blocks, the file's end included
 * @param lengths how many bytes something has
 * @param sizes columns and rows
 */
record FileLayout(List<Integer> parts, List<Field> lengths, List<Field> sizes) {
  private static final int PNG_CHUNK_BYTES = 12;

  /** A number of {@code bytes} bytes at an offset. */
  record Field(int offset, int bytes, boolean little) {
    /** Writes a number over this field, as far as the file goes. */
    void write(byte[] file, long value) {
      for (int i = 0; i < bytes && offset + i < file.length; i++) {
        int shift = 8 * (little ? i : bytes - 1 - i);
        file[offset + i] = (byte) (value >> shift);
      }
    }
  }

  static FileLayout of(ImageFormat format, byte[] file) {
    var layout = new FileLayout(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    switch (format) {
      case JPEG -> layout.jpeg(file);
      case PNG -> layout.png(file);
      case GIF -> layout.gif(file);
      case BMP -> layout.bmp(file);
      case WEBP -> layout.webp(file);
    }
    layout.parts.add(file.length);
    return layout;
  }

  private void jpeg(byte[] file) {
    for (int at = 2; at + 9 < file.length; at++) {
      int marker = file[at + 1] & 0xff;
      if (file[at] == (byte) 0xff && marker >= 0xc0 && marker < 0xff && (marker & 0xf8) != 0xd0) {
        parts.add(at);
        lengths.add(new Field(at + 2, 2, false));
        if (marker <= 0xc2) {
          sizes.add(new Field(at + 5, 2, false));
          sizes.add(new Field(at + 7, 2, false));
        }
      }
    }
  }

  private void png(byte[] file) {
    sizes.add(new Field(16, 4, false));
    sizes.add(new Field(20, 4, false));
    int at = 8;
    while (at + PNG_CHUNK_BYTES <= file.length) {
      parts.add(at);
      lengths.add(new Field(at, 4, false));
      at += PNG_CHUNK_BYTES + ByteBuffer.wrap(file).getInt(at);
    }
  }

  private void gif(byte[] file) {
    sizes.add(new Field(6, 2, true));
    sizes.add(new Field(8, 2, true));
    int at = 13 + ((file[10] & 0x80) == 0 ? 0 : 3 * (2 << (file[10] & 7)));
    while (at < file.length && file[at] != 0x3b) {
      parts.add(at);
      if (file[at] == 0x2c) {
        for (int field = 1; field <= 7; field += 2) {
          sizes.add(new Field(at + field, 2, true));
        }
        at += 9 + ((file[at + 9] & 0x80) == 0 ? 0 : 3 * (2 << (file[at + 9] & 7)));
      }
      at += 2;
      while (file[at] != 0) {
        lengths.add(new Field(at, 1, true));
        at += 1 + (file[at] & 0xff);
      }
      at++;
    }
  }

  private void bmp(byte[] file) {
    int header = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(14);
    parts.addAll(List.of(14, 14 + header));
    for (int offset : new int[] {2, 10, 14, 30, 34, 46}) {
      lengths.add(new Field(offset, 4, true));
    }
    sizes.add(new Field(18, 4, true));
    sizes.add(new Field(22, 4, true));
    sizes.add(new Field(28, 2, true));
  }

  private void webp(byte[] file) {
    lengths.add(new Field(4, 4, true));
    var little = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int at = 12;
    while (at + 8 <= file.length) {
      parts.add(at);
      lengths.add(new Field(at + 4, 4, true));
      switch (new String(file, at, 4, ISO_8859_1)) {
        case "VP8X" -> sizes.addAll(twoFields(at + 12, 3));
        case "VP8 " -> sizes.addAll(twoFields(at + 14, 2));
        case "VP8L" -> sizes.addAll(twoFields(at + 9, 2));
        case "ANMF" -> sizes.addAll(twoFields(at + 8, 3));
        default -> {}
      }
      int length = little.getInt(at + 4);
      at += 8 + length + (length & 1);
    }
  }

  private static List<Field> twoFields(int offset, int bytes) {
    return List.of(new Field(offset, bytes, true), new Field(offset + bytes, bytes, true));
  }

  /** Makes the checksums of a PNG's chunks right again, up to the first that does not fit. */
  static void repairPngChecksums(byte[] file) {
    var buffer = ByteBuffer.wrap(file);
    long at = 8;
    while (at + PNG_CHUNK_BYTES <= file.length) {
      long length = buffer.getInt((int) at) & 0xffffffffL;
      if (at + PNG_CHUNK_BYTES + length > file.length) {
        return;
      }
      var checksum = new CRC32();
      checksum.update(file, (int) at + 4, (int) length + 4);
      buffer.putInt((int) (at + 8 + length), (int) checksum.getValue());
      at += PNG_CHUNK_BYTES + length;
    }
  }
}
