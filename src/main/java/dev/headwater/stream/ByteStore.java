package dev.headwater.stream;

/** A map from names to bytes that outlives the process; a Kafka Streams store in service. */
interface ByteStore extends ByteSource {
  void put(String key, byte[] value);

  void delete(String key);
}
