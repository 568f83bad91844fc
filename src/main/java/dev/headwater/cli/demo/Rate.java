package dev.headwater.cli.demo;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/** Events a second over the last few seconds. */
final class Rate {
  private static final long SPAN_NANOS = 5_000_000_000L;

  private final LongSupplier nanos;
  private final Deque<Long> times = new ArrayDeque<>();
  private final long started;

  Rate(LongSupplier nanos) {
    this.nanos = nanos;
    started = nanos.getAsLong();
  }

  /** Counts one event, now. */
  void count() {
    times.addLast(nanos.getAsLong());
  }

  /** The rate over the last five seconds, or since the start if that is less. */
  double perSecond() {
    long now = nanos.getAsLong();
    while (!times.isEmpty() && now - times.getFirst() > SPAN_NANOS) {
      times.removeFirst();
    }
    double seconds = Math.min(now - started, SPAN_NANOS) / 1e9;
    return seconds > 0 ? times.size() / seconds : 0;
  }
}
