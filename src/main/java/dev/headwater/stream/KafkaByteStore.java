package dev.headwater.stream;

import dev.headwater.learner.model.ByteStore;
import org.apache.kafka.streams.state.KeyValueStore;

/** A Kafka Streams store for code that knows nothing of Kafka. */
record KafkaByteStore(KeyValueStore<String, byte[]> store) implements ByteStore {
  @Override
  public byte[] get(String key) {
    return store.get(key);
  }

  @Override
  public void put(String key, byte[] value) {
    store.put(key, value);
  }

  @Override
  public void delete(String key) {
    store.delete(key);
  }
}
