package dev.headwater.learner.model;

import java.util.HashMap;
import java.util.Map;

/** A byte store on the heap that shares no array with anyone, as a disk does not. */
public final class HeapStore implements ByteStore {
  private final Map<String, byte[]> entries = new HashMap<>();

  /** Returns what a process finds that starts after this one died. */
  public HeapStore reopened() {
    var copy = new HeapStore();
    entries.forEach(copy::put);
    return copy;
  }

  public Map<String, byte[]> entries() {
    return entries;
  }

  @Override
  public byte[] get(String key) {
    byte[] value = entries.get(key);
    return value == null ? null : value.clone();
  }

  @Override
  public void put(String key, byte[] value) {
    entries.put(key, value.clone());
  }

  @Override
  public void delete(String key) {
    entries.remove(key);
  }
}
