package dev.headwater;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for what has to come, and says what there was instead when it does not. */
public final class Eventually {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  private Eventually() {}

  /** Waits for what a client was asked to do, and returns what came of it. */
  public static <T> T done(Future<T> asked) {
    try {
      return asked.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  /** Looks again and again for up to a minute; returns the first value for which it holds. */
  public static <T> T get(String what, Supplier<T> look, Predicate<T> holds) {
    return get(what, PATIENCE, look, holds);
  }

  /** Looks again and again for that long; returns the first value for which it holds. */
  public static <T> T get(String what, Duration patience, Supplier<T> look, Predicate<T> holds) {
    long deadline = System.nanoTime() + patience.toNanos();
    T found = look.get();
    while (!holds.test(found)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(
            "%s did not come within %d s; found %s".formatted(what, patience.toSeconds(), found));
      }
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
      found = look.get();
    }
    return found;
  }
}
