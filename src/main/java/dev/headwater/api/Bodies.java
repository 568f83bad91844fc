package dev.headwater.api;

import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Reads what callers send, within a bound for each and one for all who are at it at once.
 * Thread-safe.
 */
@Singleton
final class Bodies {
  private static final int UNIT = 1 << 10;

  /** What bodies take of the heap at most. */
  private static final long ALL_BYTES = 64L << 20;

  private static final long PATIENCE_MILLIS = 5_000;

  private final Semaphore units;
  private final int most;
  private final long patienceMillis;

  Bodies() {
    this(ALL_BYTES, PATIENCE_MILLIS);
  }

  /**
   * @param allBytes of all bodies that are held at once
   * @param patienceMillis how long one waits until others have let go
   */
  Bodies(long allBytes, long patienceMillis) {
    most = Math.toIntExact(allBytes / UNIT);
    units = new Semaphore(most, true);
    this.patienceMillis = patienceMillis;
  }

  /** What is done with a body. */
  interface Work<T, E extends Exception> {
    T with(byte[] body) throws E;
  }

  /** Reads a body whose length its headers may state. */
  <T, E extends Exception> T read(
      InputStream in, HttpHeaders headers, long mostBytes, String what, Work<T, E> work)
      throws E, IOException {
    return read(in, headers.getLength(), mostBytes, what, work);
  }

  /**
   * Reads a body and holds it until the work is done.
   *
   * @param stated how many bytes it has; negative if that is not known
   * @param mostBytes it may have
   * @param what it is, for people: an image
   * @throws TooLargeException if it has more; it is not read to its end
   * @throws TooManyException if others hold what there is room for, for longer than one waits
   */
  <T, E extends Exception> T read(
      InputStream in, long stated, long mostBytes, String what, Work<T, E> work)
      throws E, IOException {
    if (stated > mostBytes) {
      throw new TooLargeException(what, "%d bytes".formatted(stated), mostBytes);
    }
    int needed = units(stated < 0 ? mostBytes : stated);
    take(needed);
    try {
      byte[] body = in.readNBytes(Math.toIntExact(mostBytes + 1));
      if (body.length > mostBytes) {
        throw new TooLargeException(what, "more bytes than that", mostBytes);
      }
      return work.with(body);
    } finally {
      units.release(needed);
    }
  }

  /** Rounded up; one body alone may be larger than what there is for all. */
  private int units(long bytes) {
    return (int) Math.min(most, bytes / UNIT + 1);
  }

  private void take(int needed) {
    try {
      if (!units.tryAcquire(needed, patienceMillis, TimeUnit.MILLISECONDS)) {
        throw new TooManyException(
            "others send at the moment, and there is no room for %d KiB more; try again"
                .formatted(needed));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TooManyException("interrupted while others send; try again");
    }
  }

  /** Says that a body is larger than what is taken. */
  static final class TooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLargeException(String what, String found, long most) {
      super("%s has %s, at most %d are taken".formatted(what, found, most));
    }
  }

  /** Says that there is no room at the moment. */
  static final class TooManyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManyException(String message) {
      super(message);
    }
  }
}
