package dev.headwater.stream.runtime;

import java.time.Duration;
import org.apache.kafka.streams.KafkaStreams.State;

/**
 * When to scan for orphaned transactions: during a rebalance, for some seconds afterwards, and then
 * until a scan has reached every broker. Thread-safe.
 */
final class OrphanScanSchedule {
  /** A dead instance may still be a member when the rebalance has ended. */
  static final Duration AFTERWARDS = Duration.ofSeconds(10);

  /** By then Kafka itself has ended what was open: no transaction lasts longer. */
  static final Duration LONGEST = Batch.LONGEST_TRANSACTION;

  private State state = State.CREATED;
  private long rebalanced;
  private boolean hasReachedAll;

  /** Takes note of a change of the application's state, at a time in ns. */
  synchronized void change(State now, State before, long at) {
    state = now;
    if (now == State.REBALANCING || before == State.REBALANCING) {
      rebalanced = at;
      hasReachedAll = false;
    }
  }

  synchronized boolean isDue(long now) {
    if (state != State.RUNNING) {
      return state == State.REBALANCING;
    }
    long since = now - rebalanced;
    return since < AFTERWARDS.toNanos() || !hasReachedAll && since < LONGEST.toNanos();
  }

  /** Takes note of a scan, and whether every broker answered. */
  synchronized void scanned(boolean all) {
    hasReachedAll = all;
  }
}
