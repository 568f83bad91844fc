package dev.headwater.stream;

import dev.headwater.event.RejectedException;
import java.util.List;

/**
 * A record on its way through inference: usable so far, refused with a reason, or settled early.
 *
 * @param <T> the result of the steps so far
 */
sealed interface Attempt<T> {

  /** Usable so far. */
  record Ok<T>(T value, Origin origin) implements Attempt<T> {}

  /** Refused by a step; the steps after it pass it on. */
  record Failed<T>(Refusal refusal) implements Attempt<T> {}

  /** Settled early, with its outputs; the steps after it pass it on. */
  record Settled<T>(List<InferenceOutput> outputs) implements Attempt<T> {}

  /** One step: returns its result for a value, or refuses it. */
  interface Step<A, B> {
    B apply(A value) throws RejectedException;
  }

  /** Returns the result of a step; refused and settled records are passed on. */
  default <R> Attempt<R> then(String step, Step<T, R> function) {
    if (this instanceof Failed<T> failed) {
      return new Failed<>(failed.refusal());
    }
    if (this instanceof Settled<T> settled) {
      return new Settled<>(settled.outputs());
    }
    var ok = (Ok<T>) this;
    try {
      return new Ok<>(function.apply(ok.value()), ok.origin());
    } catch (RejectedException e) {
      return new Failed<>(new Refusal(step, e.code(), e.getMessage(), ok.origin()));
    }
  }
}
