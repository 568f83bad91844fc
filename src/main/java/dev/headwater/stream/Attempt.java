package dev.headwater.stream;

import dev.headwater.event.ErrorCode;
import dev.headwater.event.RejectedException;

/**
 * A record on its way through the edge: usable so far, or refused with a reason.
 *
 * @param <T> what the steps so far have made of it
 */
sealed interface Attempt<T> {

  /** The record's value as it came. */
  byte[] origin();

  /** Usable so far. */
  record Ok<T>(T value, byte[] origin) implements Attempt<T> {}

  /** Refused by a step; the steps after it pass it on. */
  record Failed<T>(String step, ErrorCode code, String message, byte[] origin)
      implements Attempt<T> {
    <R> Failed<R> as() {
      return new Failed<>(step, code, message, origin);
    }
  }

  /** One step: returns what it makes of a value, or refuses it. */
  interface Step<A, B> {
    B apply(A value) throws RejectedException;
  }

  /** Returns what a step makes of this. */
  default <R> Attempt<R> then(String step, Step<T, R> function) {
    if (this instanceof Failed<T> failed) {
      return failed.as();
    }
    try {
      return new Ok<>(function.apply(((Ok<T>) this).value()), origin());
    } catch (RejectedException e) {
      return new Failed<>(step, e.code(), e.getMessage(), origin());
    }
  }
}
