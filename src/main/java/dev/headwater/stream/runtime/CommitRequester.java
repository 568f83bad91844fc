package dev.headwater.stream.runtime;

import java.time.Duration;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/**
 * Asks for commits, so that what is waited for is committed, and seen, a commit interval after the
 * thread's last commit.
 *
 * <p>All else is committed by Kafka Streams itself, once in {@link #UNHURRIED}: a transaction costs
 * the same however little is in it, and a thread that is behind has a better use for that time
 * (docs/adr/0012).
 *
 * <p>Each processor has its own. Not thread-safe.
 */
public final class CommitRequester {
  /** Time between commits of what nobody waits for. */
  public static final Duration UNHURRIED = Duration.ofMillis(500);

  private static final ThreadLocal<OfThread> THREAD = ThreadLocal.withInitial(OfThread::new);

  private final ProcessingContext context;
  private final long interval;
  private Cancellable planned;

  /** What a stream thread is at: a commit is one of all its tasks. */
  private static final class OfThread {
    /** When it has last committed, in milliseconds. */
    private long committed;

    /** Whether somebody waits for what it has done since. */
    private boolean isWaitedFor;
  }

  public CommitRequester(ProcessingContext context, Duration interval) {
    this.context = context;
    this.interval = interval.toMillis();
  }

  /** Returns the time between the commits that Kafka Streams makes by itself. */
  static Duration unasked(Duration interval) {
    return interval.compareTo(UNHURRIED) > 0 ? interval : UNHURRIED;
  }

  /** Takes note of a commit of this thread, at a time in milliseconds. */
  public static void committed(long now) {
    THREAD.get().committed = now;
    THREAD.get().isWaitedFor = false;
  }

  /**
   * Has committed in time what has just been processed, unless it has waited so long already that
   * as much again is no matter.
   *
   * @param timestamp of the record, in milliseconds
   */
  public void soonUnlessLate(long timestamp) {
    if (context.currentSystemTimeMs() - timestamp < UNHURRIED.toMillis()) {
      soon();
    }
  }

  /** Has committed in time what has just been processed. */
  public void soon() {
    if (interval < UNHURRIED.toMillis()) {
      THREAD.get().isWaitedFor = true;
      askOrPlan(context.currentSystemTimeMs());
    }
  }

  private void askOrPlan(long now) {
    long left = THREAD.get().committed + interval - now;
    // More than all of it is left if the clock was set back.
    if (left <= 0 || left > interval) {
      context.commit();
    } else if (planned == null) {
      planned =
          context.schedule(
              Duration.ofMillis(left), PunctuationType.WALL_CLOCK_TIME, this::askAsPlanned);
    }
  }

  private void askAsPlanned(long now) {
    planned.cancel();
    planned = null;
    if (THREAD.get().isWaitedFor) {
      askOrPlan(now);
    }
  }
}
