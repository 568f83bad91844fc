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
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Versions of heads as files, what they are compared on, and where their models stand, a record
 * each.
 *
 * <p>Where models stand is kept decoded for as long as this object lives.
 */
public final class VersionStore {
  private final ByteStore store;
  private final Map<String, ReleaseRecord> decoded = new HashMap<>();

  public VersionStore(ByteStore store) {
    this.store = store;
  }

  /** Returns where a model stands; empty if an earlier build, or none, has written it. */
  public Optional<ReleaseRecord> standing(String model) {
    var known = decoded.get(model);
    if (known != null) {
      return Optional.of(known);
    }
    var read = standing(model, store);
    read.ifPresent(standing -> decoded.put(model, standing));
    return read;
  }

  /** Reads where a model stands. */
  public static Optional<ReleaseRecord> standing(String model, ByteSource source) {
    byte[] json = source.get(standingKey(model));
    if (json == null) {
      return Optional.empty();
    }
    try {
      var standing = Json.MAPPER.readValue(json, ReleaseRecord.class);
      if (standing.format() != ReleaseRecord.FORMAT) {
        throw new IllegalStateException(
            "the versions of model %s have format %d: this build reads %d; start the build that wrote them"
                .formatted(model, standing.format(), ReleaseRecord.FORMAT));
      }
      return Optional.of(standing);
    } catch (IOException e) {
      throw new IllegalStateException("learner state is not readable; restore it from Kafka", e);
    }
  }

  void save(String model, ReleaseRecord standing) {
    if (standing.equals(decoded.put(model, standing))) {
      return;
    }
    try {
      store.put(standingKey(model), Json.MAPPER.writeValueAsBytes(standing));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of plain values is always writable as JSON", e);
    }
  }

  /** Returns a kept version's file, or null. */
  public static byte[] file(String model, long version, ByteSource source) {
    return source.get(fileKey(model, version));
  }

  public byte[] file(String model, long version) {
    return file(model, version, store);
  }

  /** Returns a kept version, which must have been saved. */
  Snapshot snapshot(String model, long version) {
    try {
      return SnapshotFile.read(file(model, version));
    } catch (SnapshotException e) {
      throw new IllegalStateException(
          "version %d of model %s is not readable; restore it from Kafka".formatted(version, model),
          e);
    }
  }

  void saveFile(String model, long version, byte[] file) {
    store.put(fileKey(model, version), file);
  }

  void deleteFile(String model, long version) {
    store.delete(fileKey(model, version));
  }

  ComparisonExample recent(String model, int place) {
    return ComparisonExample.of(store.get(recentKey(model, place)));
  }

  void saveRecent(String model, int place, ComparisonExample round) {
    store.put(recentKey(model, place), round.bytes());
  }

  ComparisonExample heldOut(String model, Reservoir.Slot slot) {
    return ComparisonExample.of(store.get(heldOutKey(model, slot)));
  }

  void saveHeldOut(String model, Reservoir.Slot slot, ComparisonExample round) {
    store.put(heldOutKey(model, slot), round.bytes());
  }

  void deleteHeldOut(String model, Reservoir.Slot slot) {
    store.delete(heldOutKey(model, slot));
  }

  private static String standingKey(String model) {
    return model + "/standing";
  }

  private static String fileKey(String model, long version) {
    return model + "/version/" + version;
  }

  private static String recentKey(String model, int place) {
    return model + "/recent/" + place;
  }

  private static String heldOutKey(String model, Reservoir.Slot slot) {
    String group = slot.positive() ? "positive" : "negative";
    return model + "/held-out/" + group + "/" + slot.index() + "/" + slot.domain();
  }
}
