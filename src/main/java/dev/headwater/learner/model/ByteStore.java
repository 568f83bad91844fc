package dev.headwater.learner.model;

/** A map from names to bytes that outlives the process; a Kafka Streams store in service. */
public interface ByteStore extends ByteSource {
  void put(String key, byte[] value);

  void delete(String key);
}
