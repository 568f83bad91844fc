package dev.headwater.stream.runtime;

import java.time.Duration;
import org.apache.kafka.streams.KafkaStreams.State;

/**
 * When to look for what instances that are gone have left open: while work is shared out anew, for
 * some seconds afterwards, and then until a look has reached every broker. Thread-safe.
 */
final class OrphanScanSchedule {
  /** Whoever is gone may still be a member when work has been shared out. */
  static final Duration AFTERWARDS = Duration.ofSeconds(10);

  /** By then Kafka itself has ended what was open: no transaction lasts longer. */
  static final Duration LONGEST = Batch.LONGEST_TRANSACTION;

  private State state = State.CREATED;
  private long sharedOut;
  private boolean hasSeenAll;

  /** Takes note of a state that an application has come to, at a time in ns. */
  synchronized void change(State now, State before, long at) {
    state = now;
    if (now == State.REBALANCING || before == State.REBALANCING) {
      sharedOut = at;
      hasSeenAll = false;
    }
  }

  synchronized boolean isDue(long now) {
    if (state != State.RUNNING) {
      return state == State.REBALANCING;
    }
    long since = now - sharedOut;
    return since < AFTERWARDS.toNanos() || !hasSeenAll && since < LONGEST.toNanos();
  }

  /** Takes note of a look, and whether every broker answered. */
  synchronized void looked(boolean all) {
    hasSeenAll = all;
  }
}
