package dev.headwater.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.TreeMap;

/** Collects an ICC profile that a JPEG carries in numbered pieces (ICC.1:2010, annex B.4). */
final class JpegProfile {
  private static final String SIGNATURE = "ICC_PROFILE\0";
  private static final int HEADER = SIGNATURE.length() + 2;

  private final TreeMap<Integer, byte[]> pieces = new TreeMap<>();
  private int expected;

  /** Takes the piece of a segment, if it is one. */
  void add(byte[] file, int start, int length) {
    if (length > HEADER
        && new String(file, start, SIGNATURE.length(), ISO_8859_1).equals(SIGNATURE)) {
      expected = file[start + SIGNATURE.length() + 1] & 0xff;
      byte[] piece = new byte[length - HEADER];
      System.arraycopy(file, start + HEADER, piece, 0, piece.length);
      pieces.put(file[start + SIGNATURE.length()] & 0xff, piece);
    }
  }

  /** Returns the profile, or nothing when there is none, a piece is missing, or it is too large. */
  Optional<ProfileBytes> assembled() {
    boolean whole =
        !pieces.isEmpty()
            && pieces.size() == expected
            && pieces.firstKey() == 1
            && pieces.lastKey() == expected;
    if (!whole) {
      return Optional.empty();
    }
    var joined = new ByteArrayOutputStream();
    pieces.values().forEach(joined::writeBytes);
    return joined.size() > ProfileBytes.MAX_LENGTH
        ? Optional.empty()
        : Optional.of(ProfileBytes.copyOf(joined.toByteArray(), 0, joined.size()));
  }
}
