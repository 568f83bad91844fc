package dev.headwater.stream.runtime;

import java.time.Duration;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/**
 * Requests commits of what a consumer waits for, so that it is committed within one commit interval
 * of the thread's last commit.
 *
 * <p>Everything else is committed by Kafka Streams itself, once in {@link #BACKGROUND}: a
 * transaction costs the same however little is in it, and a thread that lags has a better use for
 * that time (docs/adr/0012).
 *
 * <p>Each processor has its own. Not thread-safe.
 */
public final class CommitRequester {
  /** Time between commits that nothing requests; older records are not fresh. */
  public static final Duration BACKGROUND = Duration.ofMillis(500);

  private static final ThreadLocal<ThreadState> THREAD = ThreadLocal.withInitial(ThreadState::new);

  private final ProcessingContext context;
  private final long interval;
  private Cancellable planned;

  /** Of a stream thread: a commit is one of all its tasks. */
  private static final class ThreadState {
    /** When it last committed, in milliseconds. */
    private long committed;

    /** Whether a commit was requested since. */
    private boolean isRequested;
  }

  public CommitRequester(ProcessingContext context, Duration interval) {
    this.context = context;
    this.interval = interval.toMillis();
  }

  /** Returns the time between the commits that Kafka Streams makes by itself. */
  static Duration backgroundInterval(Duration interval) {
    return interval.compareTo(BACKGROUND) > 0 ? interval : BACKGROUND;
  }

  /** Takes note of a commit of this thread, at a time in milliseconds. */
  public static void committed(long now) {
    THREAD.get().committed = now;
    THREAD.get().isRequested = false;
  }

  /**
   * Requests a commit within one commit interval, but only for records younger than 500 ms.
   *
   * @param timestamp of the record, in milliseconds
   */
  public void requestCommitIfFresh(long timestamp) {
    if (context.currentSystemTimeMs() - timestamp < BACKGROUND.toMillis()) {
      requestCommit();
    }
  }

  /** Requests a commit within one commit interval. */
  public void requestCommit() {
    if (interval < BACKGROUND.toMillis()) {
      THREAD.get().isRequested = true;
      commitOrSchedule(context.currentSystemTimeMs());
    }
  }

  private void commitOrSchedule(long now) {
    long left = THREAD.get().committed + interval - now;
    // More than all of it is left if the clock was set back.
    if (left <= 0 || left > interval) {
      context.commit();
    } else if (planned == null) {
      planned =
          context.schedule(
              Duration.ofMillis(left), PunctuationType.WALL_CLOCK_TIME, this::onSchedule);
    }
  }

  private void onSchedule(long now) {
    planned.cancel();
    planned = null;
    if (THREAD.get().isRequested) {
      commitOrSchedule(now);
    }
  }
}
