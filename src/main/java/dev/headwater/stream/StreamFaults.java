package dev.headwater.stream;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/**
 * Counts the faults of stream threads, and says when they are for a person. Thread-safe.
 *
 * <p>A task whose local state is spoilt costs a fault, loses that state, and reads it from Kafka:
 * where a disk has gone bad, all tasks do, one after the other. So these are counted by themselves.
 */
final class StreamFaults {
  /** Faults within {@link #MEMORY} that are mended: one that stays is for a person. */
  private static final int MOST = 5;

  /** A thread that is replaced may meet the same fault once more. */
  private static final int MORE_THAN_THREADS = 2;

  /** Each task of edge and learner, as the one that works and as a copy, and some more. */
  private static final int SPOILT_A_PARTITION = 6;

  private static final Duration MEMORY = Duration.ofMinutes(10);

  private final int most;
  private final int mostSpoilt;
  private final Deque<Long> faults = new ArrayDeque<>();
  private final Deque<Long> spoilt = new ArrayDeque<>();

  /**
   * @param threads of edge and learner
   * @param partitions whose tasks there are
   */
  StreamFaults(int threads, int partitions) {
    most = Math.max(MOST, threads + MORE_THAN_THREADS);
    mostSpoilt = Math.max(most, SPOILT_A_PARTITION * partitions);
  }

  /**
   * Counts one.
   *
   * @param now in ns, of the monotonic clock
   * @return how many of its kind there were lately; negative if that is too many
   */
  synchronized int add(Throwable fault, long now) {
    boolean isSpoilt = isSpoiltState(fault);
    var alike = isSpoilt ? spoilt : faults;
    alike.removeIf(at -> now - at > MEMORY.toNanos());
    alike.add(now);
    return alike.size() > (isSpoilt ? mostSpoilt : most) ? -alike.size() : alike.size();
  }

  /** A full disk is another thing: that does not go away by reading it all again. */
  private static boolean isSpoiltState(Throwable fault) {
    for (var cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof RocksDBException rocks
          && rocks.getStatus() != null
          && rocks.getStatus().getCode() == Status.Code.Corruption) {
        return true;
      }
    }
    return false;
  }
}
