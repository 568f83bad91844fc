package dev.headwater.stream;

import dev.headwater.snapshot.Snapshot;
import dev.headwater.snapshot.SnapshotException;
import dev.headwater.snapshot.SnapshotFile;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The heads in service, decoded from the store that the {@code serving} topic fills.
 *
 * <p>A head is decoded again when the store holds another array than before, so that a new version
 * serves from the next image on. Thread-safe without a lock: at a swap, two threads may decode it.
 */
final class ServedHeads {
  private record Decoded(byte[] file, Snapshot snapshot) {}

  private final Function<String, byte[]> store;
  private final Map<String, Decoded> decoded = new ConcurrentHashMap<>();

  /**
   * @param store returns the same array as long as the head is the same
   */
  ServedHeads(Function<String, byte[]> store) {
    this.store = store;
  }

  /** Returns the head that serves a model; empty before the first snapshot. */
  Optional<Snapshot> of(String model) {
    byte[] file = store.apply(model);
    if (file == null) {
      decoded.remove(model);
      return Optional.empty();
    }
    var last = decoded.get(model);
    if (last == null || last.file() != file) {
      last = new Decoded(file, read(model, file));
      decoded.put(model, last);
    }
    return Optional.of(last.snapshot());
  }

  private static Snapshot read(String model, byte[] file) {
    try {
      return SnapshotFile.read(file);
    } catch (SnapshotException e) {
      throw new IllegalStateException(
          "the store of served heads holds an unreadable one of model " + model, e);
    }
  }
}
