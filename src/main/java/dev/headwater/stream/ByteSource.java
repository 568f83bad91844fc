package dev.headwater.stream;

/** A map from names to bytes, to be read. */
interface ByteSource {
  /** Returns the bytes, or null if there are none. */
  byte[] get(String key);
}
