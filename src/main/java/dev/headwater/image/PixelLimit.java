package dev.headwater.image;

import java.util.concurrent.Semaphore;

/**
 * Limits how many pixels are decoded at the same time, on all threads: large images wait for one
 * another, small ones hardly ever. Thread-safe and fair.
 */
final class PixelLimit {
  private static final int PIXELS_A_PLACE = 1 << 10;

  private final int all;
  private final Semaphore permits;

  /**
   * @param pixels at once; an image that has more is decoded alone
   */
  PixelLimit(long pixels) {
    all = permitsFor(pixels, Integer.MAX_VALUE);
    permits = new Semaphore(all, true);
  }

  private static int permitsFor(long pixels, int most) {
    return (int) Math.min(most, pixels / PIXELS_A_PLACE + 1);
  }

  /** Takes room for an image if there is some that nobody waits for; returns 0 if there is none. */
  int enterNow(long pixels) {
    int acquired = permitsFor(pixels, all);
    // tryAcquire() without a time-out overtakes waiting threads even on a fair semaphore.
    return !permits.hasQueuedThreads() && permits.tryAcquire(acquired) ? acquired : 0;
  }

  /**
   * Waits until there is room for an image.
   *
   * @return what {@link #leave} gives back
   */
  int enter(long pixels) {
    int acquired = permitsFor(pixels, all);
    permits.acquireUninterruptibly(acquired);
    return acquired;
  }

  void leave(int acquired) {
    permits.release(acquired);
  }
}
