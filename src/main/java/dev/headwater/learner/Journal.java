package dev.headwater.learner;

import dev.headwater.learner.model.ByteStore;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The inputs that a model has taken since its checkpoint, a record each.
 *
 * <p>Inputs are numbered for ever; their places are used again after each checkpoint. An entry
 * counts if its number is the next one, so that what is left of earlier rounds ends the journal
 * without having to be deleted.
 */
public final class Journal {
  private static final int HEADER_BYTES = 2 * Long.BYTES;

  private final String model;
  private final ByteStore store;

  /** The newest input that the checkpoint knows. */
  private long checkpoint;

  private int length;

  /**
   * One input.
   *
   * @param time of its record, in milliseconds
   * @param input as it came
   */
  public record Entry(Instant time, byte[] input) {}

  private Journal(String model, ByteStore store) {
    this.model = model;
    this.store = store;
    byte[] mark = store.get(markKey());
    checkpoint = mark == null ? 0 : ByteBuffer.wrap(mark).getLong();
  }

  /** Opens a model's journal; {@link #entries} must be read before one is added. */
  static Journal open(String model, ByteStore store) {
    return new Journal(model, store);
  }

  /** Whether a model has taken inputs since its checkpoint. */
  static boolean isEmpty(String model, ByteStore store) {
    return !new Journal(model, store).isNext(0);
  }

  /** Reads the inputs since the checkpoint, oldest first. */
  List<Entry> entries() {
    var entries = new ArrayList<Entry>();
    for (length = 0; isNext(length); length++) {
      var bytes = ByteBuffer.wrap(store.get(placeKey(length))).position(Long.BYTES);
      var time = Instant.ofEpochMilli(bytes.getLong());
      var input = new byte[bytes.remaining()];
      bytes.get(input);
      entries.add(new Entry(time, input));
    }
    return entries;
  }

  private boolean isNext(int place) {
    byte[] entry = store.get(placeKey(place));
    return entry != null && ByteBuffer.wrap(entry).getLong() == checkpoint + place + 1;
  }

  void add(Entry entry) {
    var bytes = ByteBuffer.allocate(HEADER_BYTES + entry.input().length);
    bytes.putLong(checkpoint + length + 1).putLong(entry.time().toEpochMilli()).put(entry.input());
    store.put(placeKey(length), bytes.array());
    length++;
  }

  /** Inputs since the checkpoint. */
  int length() {
    return length;
  }

  /** Begins anew: a checkpoint knows all inputs so far. */
  void clear() {
    checkpoint += length;
    length = 0;
    store.put(markKey(), ByteBuffer.allocate(Long.BYTES).putLong(checkpoint).array());
  }

  private String markKey() {
    return model + "/checkpoint";
  }

  private String placeKey(int place) {
    return model + "/" + place;
  }
}
