package dev.headwater.learner;

import dev.headwater.learner.model.ByteSource;
import dev.headwater.learner.model.ByteStore;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Changes to a store that are not in it yet; {@link #write} puts them there, all together.
 *
 * <p>One thread changes it; others may {@linkplain #over read}.
 */
final class WriteBuffer implements ByteStore {
  private final ByteStore below;
  private final Map<String, Optional<byte[]>> changes = new ConcurrentHashMap<>();

  WriteBuffer(ByteStore below) {
    this.below = below;
  }

  @Override
  public byte[] get(String key) {
    return over(below).get(key);
  }

  /** Returns what another reader of the same store sees below these changes. */
  ByteSource over(ByteSource reader) {
    return key -> {
      var change = changes.get(key);
      return change == null ? reader.get(key) : change.orElse(null);
    };
  }

  @Override
  public void put(String key, byte[] value) {
    changes.put(key, Optional.of(value));
  }

  @Override
  public void delete(String key) {
    changes.put(key, Optional.empty());
  }

  /** Writes the changes to the store, and only then forgets them, so that readers miss none. */
  void write() {
    changes.forEach(
        (key, change) ->
            change.ifPresentOrElse(value -> below.put(key, value), () -> below.delete(key)));
    changes.clear();
  }
}
