package dev.headwater.image;

import java.util.concurrent.Semaphore;

/**
 * How many pixels are decoded at the same time, on all threads: large images wait for one another,
 * small ones hardly ever. Thread-safe; who waits first is first.
 */
final class DecodingRoom {
  private static final int PIXELS_A_PLACE = 1 << 10;

  private final int all;
  private final Semaphore places;

  /**
   * @param pixels at once; an image that has more is decoded alone
   */
  DecodingRoom(long pixels) {
    all = places(pixels, Integer.MAX_VALUE);
    places = new Semaphore(all, true);
  }

  private static int places(long pixels, int most) {
    return (int) Math.min(most, pixels / PIXELS_A_PLACE + 1);
  }

  /** Takes room for an image if there is some that nobody waits for; returns 0 if there is none. */
  int enterNow(long pixels) {
    int taken = places(pixels, all);
    // A semaphore lets whoever does not wait overtake those who do, however fair it is.
    return !places.hasQueuedThreads() && places.tryAcquire(taken) ? taken : 0;
  }

  /**
   * Waits until there is room for an image.
   *
   * @return what {@link #leave} gives back
   */
  int enter(long pixels) {
    int taken = places(pixels, all);
    places.acquireUninterruptibly(taken);
    return taken;
  }

  void leave(int taken) {
    places.release(taken);
  }
}
