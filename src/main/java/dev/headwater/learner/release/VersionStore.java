package dev.headwater.learner.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.headwater.event.Json;
import dev.headwater.head.Reservoir;
import dev.headwater.learner.model.ByteSource;
import dev.headwater.learner.model.ByteStore;
import dev.headwater.snapshot.Snapshot;
import dev.headwater.snapshot.SnapshotException;
import dev.headwater.snapshot.SnapshotFile;
import java.io.IOException;
import java.util.Optional;

/** One model's versions as files, what they are compared on, and its {@link ReleaseRecord}. */
public final class VersionStore {
  private final String model;
  private final ByteStore store;

  public VersionStore(String model, ByteStore store) {
    this.model = model;
    this.store = store;
  }

  /** Returns the release record; empty if none was saved. */
  public Optional<ReleaseRecord> record() {
    return record(model, store);
  }

  /**
   * Reads a model's release record; empty if none was saved.
   *
   * @throws IllegalStateException if this build did not write it
   */
  public static Optional<ReleaseRecord> record(String model, ByteSource source) {
    byte[] json = source.get(recordKey(model));
    if (json == null) {
      return Optional.empty();
    }
    try {
      int format = Json.MAPPER.readTree(json).path("format").asInt();
      if (format != ReleaseRecord.FORMAT) {
        throw new IllegalStateException(
            "the versions of model %s have format %d: this build reads %d; start the build that wrote them"
                .formatted(model, format, ReleaseRecord.FORMAT));
      }
      return Optional.of(Json.MAPPER.readValue(json, ReleaseRecord.class));
    } catch (IOException e) {
      throw new IllegalStateException("learner state is not readable; restore it from Kafka", e);
    }
  }

  void save(ReleaseRecord record) {
    try {
      store.put(recordKey(model), Json.MAPPER.writeValueAsBytes(record));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of plain values is always writable as JSON", e);
    }
  }

  /** Returns a kept version's file, or null. */
  public static byte[] file(String model, long version, ByteSource source) {
    return source.get(fileKey(model, version));
  }

  byte[] file(long version) {
    return file(model, version, store);
  }

  /** Returns a kept version, which must have been saved. */
  Snapshot snapshot(long version) {
    try {
      return SnapshotFile.read(file(version));
    } catch (SnapshotException e) {
      throw new IllegalStateException(
          "version %d of model %s is not readable; restore it from Kafka".formatted(version, model),
          e);
    }
  }

  void saveFile(long version, byte[] file) {
    store.put(fileKey(model, version), file);
  }

  void deleteFile(long version) {
    store.delete(fileKey(model, version));
  }

  ComparisonExample recent(int index) {
    return ComparisonExample.of(store.get(recentKey(index)));
  }

  void saveRecent(int index, ComparisonExample example) {
    store.put(recentKey(index), example.bytes());
  }

  ComparisonExample heldOut(Reservoir.Slot slot) {
    return ComparisonExample.of(store.get(heldOutKey(slot)));
  }

  void saveHeldOut(Reservoir.Slot slot, ComparisonExample example) {
    store.put(heldOutKey(slot), example.bytes());
  }

  void deleteHeldOut(Reservoir.Slot slot) {
    store.delete(heldOutKey(slot));
  }

  private static String recordKey(String model) {
    return model + "/release";
  }

  private static String fileKey(String model, long version) {
    return model + "/version/" + version;
  }

  private String recentKey(int index) {
    return model + "/recent/" + index;
  }

  private String heldOutKey(Reservoir.Slot slot) {
    String group = slot.positive() ? "positive" : "negative";
    return model + "/held-out/" + group + "/" + slot.index() + "/" + slot.domain();
  }
}
