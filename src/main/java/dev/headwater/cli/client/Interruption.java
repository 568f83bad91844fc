package dev.headwater.cli.client;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C or SIGTERM as a flag that a command checks between two steps.
 *
 * <p>While it is open, the virtual machine waits up to ten seconds after the signal for the command
 * to stop and report; the exit code is then 130 after Ctrl-C, set by the virtual machine.
 */
public final class Interruption implements AutoCloseable {
  private static final long GRACE_SECONDS = 10;

  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stopAndWait, "headwater-interruption");
  private volatile boolean requested;

  private Interruption() {}

  /** Starts to listen for the signal. */
  public static Interruption listen() {
    var interruption = new Interruption();
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  /** Whether the command should stop. */
  public boolean requested() {
    return requested;
  }

  /** Says that the command has stopped and reported. */
  @Override
  public void close() {
    done.countDown();
    if (!requested) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException shuttingDown) {
        requested = true;
      }
    }
  }

  private void stopAndWait() {
    requested = true;
    try {
      if (!done.await(GRACE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("headwater: stopped without a report: a step took over 10 s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
