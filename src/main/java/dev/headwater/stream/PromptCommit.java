package dev.headwater.stream;

import java.time.Duration;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/**
 * Asks for commits, so that what is waited for is committed, and seen, within the commit interval.
 *
 * <p>All else is committed by Kafka Streams itself, once in {@link #UNHURRIED}: a transaction costs
 * the same however little is in it, and a thread that is behind has a better use for that time
 * (docs/adr/0012).
 *
 * <p>Each processor has its own. Not thread-safe.
 */
final class PromptCommit {
  /** Time between commits of what nobody waits for. */
  static final Duration UNHURRIED = Duration.ofSeconds(1);

  /** When a thread has last asked: one commit is for all its tasks. */
  private static final ThreadLocal<Long> ASKED = ThreadLocal.withInitial(() -> 0L);

  private final ProcessingContext context;
  private final long interval;
  private Cancellable planned;

  PromptCommit(ProcessingContext context, Duration interval) {
    this.context = context;
    this.interval = interval.toMillis();
  }

  /** Returns the time between the commits that Kafka Streams makes by itself. */
  static Duration unasked(Duration interval) {
    return interval.compareTo(UNHURRIED) > 0 ? interval : UNHURRIED;
  }

  /**
   * Has committed within the interval what has just been processed, unless it has waited so long
   * already that a second more is no matter.
   *
   * @param timestamp of the record, in milliseconds
   */
  void soonUnlessLate(long timestamp) {
    if (context.currentSystemTimeMs() - timestamp < UNHURRIED.toMillis()) {
      soon();
    }
  }

  /** Has committed within the interval what has just been processed. */
  void soon() {
    if (planned != null || interval >= UNHURRIED.toMillis()) {
      return;
    }
    long now = context.currentSystemTimeMs();
    long left = ASKED.get() + interval - now;
    // More than all of it is left if the clock was set back.
    if (left <= 0 || left > interval) {
      ask(now);
    } else {
      planned =
          context.schedule(
              Duration.ofMillis(left), PunctuationType.WALL_CLOCK_TIME, this::askAsPlanned);
    }
  }

  private void askAsPlanned(long now) {
    planned.cancel();
    planned = null;
    ask(now);
  }

  private void ask(long now) {
    ASKED.set(now);
    context.commit();
  }
}
