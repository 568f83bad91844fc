package dev.headwater.bench.service;

import dev.headwater.learner.model.ByteStore;
import java.util.HashMap;
import java.util.Map;

/** A byte store on the heap. */
final class HeapBytes implements ByteStore {
  private final Map<String, byte[]> entries = new HashMap<>();

  @Override
  public byte[] get(String key) {
    return entries.get(key);
  }

  @Override
  public void put(String key, byte[] value) {
    entries.put(key, value);
  }

  @Override
  public void delete(String key) {
    entries.remove(key);
  }
}
