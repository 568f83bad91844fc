package dev.headwater.stream;

/** A map from names to bytes that outlives the process; a Kafka Streams store in service. */
interface ByteStore {
  /** Returns the bytes, or null if there are none. */
  byte[] get(String key);

  void put(String key, byte[] value);

  void delete(String key);
}
