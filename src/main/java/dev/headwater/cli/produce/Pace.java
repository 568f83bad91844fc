package dev.headwater.cli.produce;

import java.util.OptionalDouble;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Limits the rate of work: turn {@code i} comes {@code i / rate} seconds after the start. */
final class Pace {
  private static final long LONGEST_NAP_NANOS = 100_000_000L;

  private final LongSupplier nanos;
  private final OptionalDouble perSecond;
  private final long started;
  private long turns;

  private Pace(OptionalDouble perSecond, LongSupplier nanos) {
    this.perSecond = perSecond;
    this.nanos = nanos;
    this.started = nanos.getAsLong();
  }

  /** Starts the clock; without a rate every turn comes at once. */
  static Pace start(OptionalDouble perSecond, LongSupplier nanos) {
    return new Pace(perSecond, nanos);
  }

  /**
   * Waits for the next turn, or until {@code stopped}; does {@code meanwhile} ten times a second.
   */
  void awaitTurn(BooleanSupplier stopped, Runnable meanwhile) {
    long due = dueNanos();
    turns++;
    for (long left = due - elapsed(); left > 0 && !stopped.getAsBoolean(); left = due - elapsed()) {
      LockSupport.parkNanos(Math.min(left, LONGEST_NAP_NANOS));
      meanwhile.run();
    }
  }

  /** When the next turn is due, in nanoseconds after the start. */
  long dueNanos() {
    return perSecond.isPresent() ? (long) (turns / perSecond.getAsDouble() * 1e9) : 0;
  }

  private long elapsed() {
    return nanos.getAsLong() - started;
  }
}
