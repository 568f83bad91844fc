package dev.headwater.learner.model;

import java.util.List;
import java.util.function.Function;

/**
 * The stores of a learner, as bytes.
 *
 * @param progress a JSON record a model
 * @param tensors weights, moments, base scores and statistics, a record each, under Kafka's default
 *     record limit
 * @param examples kept for replay or waiting for their mini-batch, a record each
 * @param answers how the newest labelled images were predicted, a record each
 * @param scores a record for each head, domain and version
 * @param detectors of drift, a record each
 * @param versions of heads, and what they are compared on, a record each
 * @param <S> what kind of stores
 */
public record LearnerByteStores<S extends ByteStore>(
    S progress, S tensors, S examples, S answers, S scores, S detectors, S versions) {
  public static final String PROGRESS = "progress";
  public static final String SCORES = "scores";
  public static final String VERSIONS = "versions";

  /** What the stores are called, in the order of the fields. */
  public static final List<String> NAMES =
      List.of(PROGRESS, "tensors", "examples", "answers", SCORES, "detectors", VERSIONS);

  /** Returns stores opened by their {@link #NAMES}. */
  public static <S extends ByteStore> LearnerByteStores<S> of(Function<String, S> open) {
    return of(NAMES.stream().map(open).toList());
  }

  private static <S extends ByteStore> LearnerByteStores<S> of(List<S> all) {
    return new LearnerByteStores<>(
        all.get(0), all.get(1), all.get(2), all.get(3), all.get(4), all.get(5), all.get(6));
  }

  /** Returns the same stores, each seen through something. */
  public <T extends ByteStore> LearnerByteStores<T> through(Function<? super S, T> view) {
    return LearnerByteStores.of(all().stream().map(view::apply).map(seen -> (T) seen).toList());
  }

  public List<S> all() {
    return List.of(progress, tensors, examples, answers, scores, detectors, versions);
  }
}
