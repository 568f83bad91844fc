package dev.headwater.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.headwater.image.ImageRejectedException.Reason;
import java.util.Optional;
import java.util.Set;

/** The file formats that can be decoded, told apart by their first bytes and never by a name. */
public enum ImageFormat {
  JPEG("JPEG", "image/jpeg"),
  PNG("PNG", "image/png"),
  BMP("BMP", "image/bmp"),
  GIF("GIF", "image/gif"),
  WEBP("WebP", "image/webp");

  /** Sizes of the information header that follows a BMP's 14-byte file header. */
  private static final Set<Integer> BMP_HEADER_SIZES = Set.of(12, 16, 40, 52, 56, 64, 108, 124);

  private final String label;
  private final String mediaType;

  ImageFormat(String label, String mediaType) {
    this.label = label;
    this.mediaType = mediaType;
  }

  /** Returns the format's media type, such as {@code image/jpeg}. */
  public String mediaType() {
    return mediaType;
  }

  /** Returns the format's usual spelling, for messages. */
  String label() {
    return label;
  }

  /** Returns the format of {@code file}; empty if it is none of these. */
  public static Optional<ImageFormat> recognise(byte[] file) {
    if (startsWith(file, 0, "\u00ff\u00d8\u00ff")) {
      return Optional.of(JPEG);
    }
    if (startsWith(file, 0, "\u0089PNG\r\n\u001a\n")) {
      return Optional.of(PNG);
    }
    if (startsWith(file, 0, "GIF87a") || startsWith(file, 0, "GIF89a")) {
      return Optional.of(GIF);
    }
    if (startsWith(file, 0, "RIFF") && startsWith(file, 8, "WEBP")) {
      return Optional.of(WEBP);
    }
    return looksLikeBmp(file) ? Optional.of(BMP) : Optional.empty();
  }

  /** Returns the format of {@code file}, or refuses it as unknown. */
  static ImageFormat of(byte[] file) throws ImageRejectedException {
    var found = recognise(file);
    if (found.isEmpty()) {
      throw new ImageRejectedException(
          Reason.FORMAT_UNKNOWN,
          "%s of %s bytes, expected a JPEG, PNG, BMP, GIF or WebP file"
              .formatted(describe(file), Rejections.grouped(file.length)));
    }
    return found.get();
  }

  private static boolean looksLikeBmp(byte[] file) {
    if (!startsWith(file, 0, "BM") || file.length < 18) {
      return false;
    }
    int headerSize =
        (file[14] & 0xff)
            | (file[15] & 0xff) << 8
            | (file[16] & 0xff) << 16
            | (file[17] & 0xff) << 24;
    return BMP_HEADER_SIZES.contains(headerSize);
  }

  private static String describe(byte[] file) {
    if (startsWith(file, 4, "ftyp")) {
      return "a file of the HEIC, AVIF or MP4 family";
    }
    if (startsWith(file, 0, "II*\0") || startsWith(file, 0, "MM\0*")) {
      return "a TIFF file";
    }
    if (startsWith(file, 0, "%PDF")) {
      return "a PDF file";
    }
    return looksLikeText(file) ? "text" : "data";
  }

  private static boolean looksLikeText(byte[] file) {
    int checked = Math.min(file.length, 64);
    for (int i = 0; i < checked; i++) {
      int value = file[i] & 0xff;
      if (value < ' ' && value != '\n' && value != '\r' && value != '\t') {
        return false;
      }
    }
    return true;
  }

  private static boolean startsWith(byte[] file, int offset, String magic) {
    byte[] expected = magic.getBytes(ISO_8859_1);
    if (file.length < offset + expected.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if (file[offset + i] != expected[i]) {
        return false;
      }
    }
    return true;
  }
}
