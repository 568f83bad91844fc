package dev.headwater.backbone;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/** Reads single files out of a gzipped ustar archive, which is what npm packages are. */
final class Tarball {
  private static final int RECORD = 512;
  private static final int NAME_LENGTH = 100;
  private static final int SIZE_AT = 124;
  private static final int SIZE_LENGTH = 12;
  private static final int MAX_ENTRY = 64 << 20;

  private Tarball() {}

  /** Returns the entries of the given names, each of at most 64 MiB; missing ones are left out. */
  static Map<String, byte[]> read(Path file, Set<String> names) throws IOException {
    Map<String, byte[]> entries = new HashMap<>();
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file), 1 << 16)) {
      byte[] header = in.readNBytes(RECORD);
      while (header.length == RECORD && header[0] != 0 && entries.size() < names.size()) {
        String name = text(header, 0, NAME_LENGTH);
        long size = Long.parseLong(text(header, SIZE_AT, SIZE_LENGTH).strip(), 8);
        if (names.contains(name) && size <= MAX_ENTRY) {
          entries.put(name, in.readNBytes((int) size));
          in.skipNBytes(padding(size));
        } else {
          in.skipNBytes(size + padding(size));
        }
        header = in.readNBytes(RECORD);
      }
    } catch (NumberFormatException | EOFException e) {
      throw new IOException("not a complete tar archive", e);
    }
    return entries;
  }

  private static long padding(long size) {
    return (RECORD - size % RECORD) % RECORD;
  }

  private static String text(byte[] header, int from, int length) {
    byte[] field = Arrays.copyOfRange(header, from, from + length);
    int end = 0;
    while (end < field.length && field[end] != 0) {
      end++;
    }
    return new String(field, 0, end, StandardCharsets.UTF_8);
  }
}
