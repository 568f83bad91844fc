package dev.headwater.cli.client;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Tells an image file's media type by its first bytes, never by its name. */
public final class ContentTypes {
  private ContentTypes() {}

  /** The media type of a JPEG, PNG, GIF, BMP or WebP file; empty for anything else. */
  public static Optional<String> of(byte[] file) {
    if (startsWith(file, 0, 0xFF, 0xD8, 0xFF)) {
      return Optional.of("image/jpeg");
    }
    if (startsWith(file, 0, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n')) {
      return Optional.of("image/png");
    }
    if (startsWith(file, "GIF87a") || startsWith(file, "GIF89a")) {
      return Optional.of("image/gif");
    }
    if (startsWith(file, "RIFF") && startsWith(file, 8, 'W', 'E', 'B', 'P')) {
      return Optional.of("image/webp");
    }
    return startsWith(file, "BM") ? Optional.of("image/bmp") : Optional.empty();
  }

  private static boolean startsWith(byte[] file, String text) {
    byte[] magic = text.getBytes(StandardCharsets.US_ASCII);
    return file.length >= magic.length
        && new String(file, 0, magic.length, StandardCharsets.ISO_8859_1).equals(text);
  }

  private static boolean startsWith(byte[] file, int offset, int... magic) {
    if (file.length < offset + magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((file[offset + i] & 0xFF) != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
