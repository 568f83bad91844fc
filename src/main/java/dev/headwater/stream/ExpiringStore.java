package dev.headwater.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Values by name that expire after a retention.
 *
 * <p>For each, the store has the value with its time under {@code v<name>}, and an index entry
 * under {@code t<time><name>}, so that expired ones are found without reading the others. The time
 * is that of the caller's clock, never that of a record, which a producer may set.
 */
final class ExpiringStore {
  private static final byte VALUE = 'v';
  private static final byte TIME = 't';
  private static final byte[] NOTHING = {0};
  private static final int TIMED_PREFIX = 1 + Long.BYTES;

  private final KeyValueStore<Bytes, byte[]> store;
  private final long retention;

  /** Nothing is left before this time; a scan from there skips no tombstones. */
  private long expiredUntil;

  ExpiringStore(KeyValueStore<Bytes, byte[]> store, Duration retention) {
    this.store = store;
    this.retention = retention.toMillis();
  }

  /** Returns a value that has not expired. */
  Optional<byte[]> find(String name, long now) {
    byte[] found = store.get(valueKey(name));
    return found == null || isExpired(time(found), now)
        ? Optional.empty()
        : Optional.of(Arrays.copyOfRange(found, Long.BYTES, found.length));
  }

  /** Puts a value; its retention starts again. */
  void put(String name, byte[] value, long now) {
    byte[] before = store.get(valueKey(name));
    if (before != null) {
      store.delete(timeKey(time(before), name));
    }
    store.put(valueKey(name), timed(now, value));
    store.put(timeKey(now, name), NOTHING);
  }

  /** Changes a value that is there; its retention goes on. */
  void replace(String name, byte[] value) {
    byte[] found = store.get(valueKey(name));
    if (found == null) {
      throw new IllegalStateException("'%s' is not kept, and cannot be replaced".formatted(name));
    }
    store.put(valueKey(name), timed(time(found), value));
  }

  void remove(String name) {
    byte[] found = store.get(valueKey(name));
    if (found != null) {
      store.delete(valueKey(name));
      store.delete(timeKey(time(found), name));
    }
  }

  /**
   * Removes expired values, oldest first.
   *
   * @param most how many at most; the others are left for the next call
   * @param expired receives each name and value
   */
  void expire(long now, int most, BiConsumer<String, byte[]> expired) {
    long until = now - retention;
    if (until < expiredUntil) {
      // The clock went back: later values may be older than those that have expired.
      expiredUntil = 0;
    }
    List<KeyValue<Long, String>> due = due(until, most);
    for (var entry : due) {
      byte[] value = store.delete(valueKey(entry.value));
      store.delete(timeKey(entry.key, entry.value));
      expired.accept(entry.value, Arrays.copyOfRange(value, Long.BYTES, value.length));
    }
    expiredUntil = due.size() < most ? until : due.get(most - 1).key;
  }

  private List<KeyValue<Long, String>> due(long until, int most) {
    var due = new ArrayList<KeyValue<Long, String>>();
    try (var entries = store.range(timeKey(expiredUntil, ""), timeKey(until + 1, ""))) {
      while (entries.hasNext() && due.size() < most) {
        byte[] key = entries.next().key.get();
        long time = ByteBuffer.wrap(key, 1, Long.BYTES).getLong();
        if (time <= until) {
          int length = key.length - TIMED_PREFIX;
          due.add(KeyValue.pair(time, new String(key, TIMED_PREFIX, length, UTF_8)));
        }
      }
    }
    return due;
  }

  private boolean isExpired(long time, long now) {
    return time <= now - retention;
  }

  private static long time(byte[] timed) {
    return ByteBuffer.wrap(timed).getLong();
  }

  private static byte[] timed(long time, byte[] value) {
    return ByteBuffer.allocate(Long.BYTES + value.length).putLong(time).put(value).array();
  }

  private static Bytes valueKey(String name) {
    byte[] bytes = name.getBytes(UTF_8);
    return Bytes.wrap(ByteBuffer.allocate(1 + bytes.length).put(VALUE).put(bytes).array());
  }

  private static Bytes timeKey(long time, String name) {
    byte[] bytes = name.getBytes(UTF_8);
    return Bytes.wrap(
        ByteBuffer.allocate(TIMED_PREFIX + bytes.length)
            .put(TIME)
            .putLong(Math.max(0, time))
            .put(bytes)
            .array());
  }
}
