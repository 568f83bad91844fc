package dev.headwater.app;

import dev.headwater.backbone.Progress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Stops a start that may be under way, for good. Thread-safe. */
final class StopSign {
  private final CountDownLatch raised = new CountDownLatch(1);

  void raise() {
    raised.countDown();
  }

  /**
   * Ends a start between two of its parts.
   *
   * @throws StoppedException if the sign is raised
   */
  void heed() {
    heed(Duration.ZERO);
  }

  /**
   * Waits, and ends a start at once when the sign is raised.
   *
   * @throws StoppedException if the sign is raised, or is by then
   */
  void heed(Duration wait) {
    try {
      if (raised.await(wait.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new StoppedException();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while starting", e);
    }
  }

  /** Returns a listener of a part that takes long, whose next report ends it. */
  Progress heededBy(Progress progress) {
    return new Progress() {
      @Override
      public void update(String what, long done, long total) {
        heed();
        progress.update(what, done, total);
      }

      @Override
      public void say(String sentence) {
        heed();
        progress.say(sentence);
      }
    };
  }

  /** Ends a start, since the service is to stop. */
  static final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoppedException() {
      super("stopped before it was ready");
    }
  }
}
