package dev.headwater.image;

import java.util.Arrays;

/** The bytes of an embedded ICC profile, compared by content so that profiles can be looked up. */
final class ProfileBytes {
  /** Larger profiles are ignored; the largest printing profiles in use have about 3 MB. */
  static final int MAX_LENGTH = 4 << 20;

  private final byte[] bytes;
  private final int hash;

  private ProfileBytes(byte[] bytes) {
    this.bytes = bytes;
    this.hash = Arrays.hashCode(bytes);
  }

  static ProfileBytes copyOf(byte[] file, int offset, int length) {
    return new ProfileBytes(Arrays.copyOfRange(file, offset, offset + length));
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
