package dev.headwater.bench.service;

import dev.headwater.cli.client.CommandFailedException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Waits for what is to come, and not for ever.
 *
 * @param limit how long
 * @param every how often to look
 */
record Patience(Duration limit, Duration every) {

  /**
   * Returns once something holds.
   *
   * @param found says what there is instead, for people
   */
  void await(String what, BooleanSupplier holds, Supplier<String> found) {
    long start = System.nanoTime();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() - start > limit.toNanos()) {
        throw new CommandFailedException(
            "no %s within %d s, found %s".formatted(what, limit.toSeconds(), found.get()));
      }
      if (Thread.currentThread().isInterrupted()) {
        throw new CommandFailedException("interrupted while waiting for " + what);
      }
      LockSupport.parkNanos(every.toNanos());
    }
  }
}
