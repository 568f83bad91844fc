package dev.headwater.api;

import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Reads request bodies within a limit for each and one for all that are held at once. Thread-safe.
 */
@Singleton
final class RequestBodies {
  private static final int UNIT = 1 << 10;

  /** What bodies take of the heap at most. */
  private static final long ALL_BYTES = 64L << 20;

  /** Up to so many bytes a body is small, and waits for no large one: a command, a label. */
  private static final int SMALL = 64 << 10;

  private static final int SMALL_UNITS = (4 << 20) / UNIT;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** At 16 MiB, some 1 Mbit a second. */
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private static final int CHUNK = 64 << 10;

  private final Semaphore small = new Semaphore(SMALL_UNITS, true);
  private final Semaphore large;
  private final int most;
  private final Duration patience;
  private final Duration longest;

  RequestBodies() {
    this(ALL_BYTES, PATIENCE, LONGEST);
  }

  /**
   * @param allBytes of all large bodies that are held at once
   * @param patience how long one waits until others have let go
   * @param longest how long one body may take to come
   */
  RequestBodies(long allBytes, Duration patience, Duration longest) {
    most = Math.toIntExact(allBytes / UNIT);
    large = new Semaphore(most, true);
    this.patience = patience;
    this.longest = longest;
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
   * @throws TooSlowException if it does not come in time
   */
  <T, E extends Exception> T read(
      InputStream in, long stated, long mostBytes, String what, Work<T, E> work)
      throws E, IOException {
    if (stated > mostBytes) {
      throw new TooLargeException(what, "%d bytes".formatted(stated), mostBytes);
    }
    long expected = stated < 0 ? mostBytes : stated;
    var room = expected <= SMALL ? small : large;
    // A body whose length is not known is put together from parts, which takes three times as much.
    int needed = units(stated < 0 ? 3 * expected : expected);
    take(room, needed);
    try {
      byte[] body = readInTime(in, stated, Math.toIntExact(mostBytes + 1), what);
      if (body.length > mostBytes) {
        throw new TooLargeException(what, "more bytes than that", mostBytes);
      }
      return work.with(body);
    } finally {
      room.release(needed);
    }
  }

  /** A client that sends a byte now and then must not block others. */
  private byte[] readInTime(InputStream in, long stated, int most, String what) throws IOException {
    long deadline = System.nanoTime() + longest.toNanos();
    var body = new byte[stated < 0 ? Math.min(CHUNK, most) : (int) stated];
    int size = 0;
    while (size < most) {
      if (size == body.length) {
        int next = in.read();
        if (next < 0) {
          break;
        }
        body = Arrays.copyOf(body, Math.min(most, Math.max(CHUNK, 2 * size)));
        body[size++] = (byte) next;
      }
      int count = in.read(body, size, Math.min(CHUNK, body.length - size));
      if (count < 0) {
        break;
      }
      size += count;
      if (System.nanoTime() > deadline) {
        throw new TooSlowException(what, longest);
      }
    }
    return size == body.length ? body : Arrays.copyOf(body, size);
  }

  /** Rounded up; one body alone may be larger than what there is for all. */
  private int units(long bytes) {
    return (int) Math.min(most, bytes / UNIT + 1);
  }

  private void take(Semaphore room, int needed) {
    try {
      if (!room.tryAcquire(needed, patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new TooManyException(
            "other uploads are in progress, and there is no room for %d KiB more; try again"
                .formatted(needed));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TooManyException("interrupted while waiting for other uploads; try again");
    }
  }

  /** Says that a body is larger than what is taken. */
  static final class TooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLargeException(String what, String found, long most) {
      super("%s has %s, at most %d are allowed".formatted(what, found, most));
    }
  }

  /** Says that a body did not come in time. */
  static final class TooSlowException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooSlowException(String what, Duration longest) {
      super("%s did not arrive completely within %d s".formatted(what, longest.toSeconds()));
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
