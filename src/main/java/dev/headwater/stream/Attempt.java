package dev.headwater.stream;

import dev.headwater.event.RejectedException;
import java.util.List;

/**
 * A record on its way through inference: usable so far, refused with a reason, or settled early.
 *
 * @param <T> what the steps so far have made of it
 */
sealed interface Attempt<T> {

  /** Usable so far. */
  record Ok<T>(T value, Origin origin) implements Attempt<T> {}

  /** Refused by a step; the steps after it pass it on. */
  record Failed<T>(Refusal refusal) implements Attempt<T> {}

  /** All that is to be done is known already; the steps after it pass it on. */
  record Settled<T>(List<InferenceOutput> outputs) implements Attempt<T> {}

  /** One step: returns what it makes of a value, or refuses it. */
  interface Step<A, B> {
    B apply(A value) throws RejectedException;
  }

  /** Returns what a step makes of this. */
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
