package dev.headwater.learner.model;

/** A map from names to bytes, to be read. */
public interface ByteSource {
  /** Returns the bytes, or null if there are none. */
  byte[] get(String key);
}
