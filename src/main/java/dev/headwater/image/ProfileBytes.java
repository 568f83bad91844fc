package dev.headwater.image;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The bytes of an embedded ICC profile, compared by content so that profiles can be looked up. */
final class ProfileBytes {
  /** Larger profiles are ignored; the largest printing profiles in use have about 3 MB. */
  static final int MAX_LENGTH = 4 << 20;

  private static final int TAG_TABLE = 128;
  private static final int TAG_BYTES = 12;
  private static final int ELEMENT_CHAIN = 'm' << 24 | 'p' << 16 | 'e' << 8 | 't';

  private final byte[] bytes;
  private final int hash;

  private ProfileBytes(byte[] bytes) {
    this.bytes = bytes;
    this.hash = Arrays.hashCode(bytes);
  }

  static ProfileBytes copyOf(byte[] file, int offset, int length) {
    return new ProfileBytes(Arrays.copyOfRange(file, offset, offset + length));
  }

  /**
   * Whether any tag is of ICC's multiProcessElementsType, a chain of steps without a limit: every
   * colour passes all of them, half a million in a profile of 4 MiB.
   */
  boolean hasElementChains() {
    var profile = ByteBuffer.wrap(bytes);
    if (bytes.length < TAG_TABLE + 4) {
      return false;
    }
    long tags =
        Math.min(
            profile.getInt(TAG_TABLE) & 0xffffffffL, (bytes.length - TAG_TABLE - 4) / TAG_BYTES);
    for (int i = 0; i < tags; i++) {
      long offset = profile.getInt(TAG_TABLE + 4 + i * TAG_BYTES + 4) & 0xffffffffL;
      if (offset + 4 <= bytes.length && profile.getInt((int) offset) == ELEMENT_CHAIN) {
        return true;
      }
    }
    return false;
  }

  byte[] toArray() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ProfileBytes that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
