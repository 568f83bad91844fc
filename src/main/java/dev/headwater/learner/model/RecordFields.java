package dev.headwater.learner.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Fields of binary records: a text or other bytes with their length before them, and a class that
 * may be missing.
 */
public final class RecordFields {
  private static final byte NONE = -1;

  private RecordFields() {}

  /** Returns how many bytes {@link #putText} takes. */
  public static int bytes(String text) {
    return Integer.BYTES + text.getBytes(StandardCharsets.UTF_8).length;
  }

  public static ByteBuffer putText(ByteBuffer target, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return target.putInt(bytes.length).put(bytes);
  }

  /**
   * Reads a text.
   *
   * @throws IllegalArgumentException if its length is more than what is left
   */
  public static String text(ByteBuffer source) {
    var bytes = new byte[length(source, 1)];
    source.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /**
   * Reads the length of a field, in values.
   *
   * @param bytesEach bytes that a value takes
   * @throws IllegalArgumentException if that is more than what is left
   */
  public static int length(ByteBuffer source, int bytesEach) {
    int length = source.getInt();
    if (length < 0 || (long) length * bytesEach > source.remaining()) {
      throw new IllegalArgumentException(
          "a field of length %d where %d bytes are left".formatted(length, source.remaining()));
    }
    return length;
  }

  public static ByteBuffer putClass(ByteBuffer target, Optional<Boolean> positive) {
    return target.put(positive.map(p -> (byte) (p ? 1 : 0)).orElse(NONE));
  }

  /**
   * Reads a class; empty where there is none.
   *
   * @throws IllegalArgumentException if the byte is no class
   */
  public static Optional<Boolean> readClass(ByteBuffer source) {
    byte found = source.get();
    return switch (found) {
      case NONE -> Optional.empty();
      case 0 -> Optional.of(false);
      case 1 -> Optional.of(true);
      default ->
          throw new IllegalArgumentException(
              "a class written as %d, expected -1, 0 or 1".formatted(found));
    };
  }

  /** Reads all that is left. */
  public static byte[] rest(ByteBuffer source) {
    var bytes = new byte[source.remaining()];
    source.get(bytes);
    return bytes;
  }
}
