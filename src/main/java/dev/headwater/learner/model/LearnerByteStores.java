package dev.headwater.learner.model;

import java.util.List;
import java.util.function.Function;

/**
 * The stores of a learner, as bytes.
 *
 * @param progress a JSON record a model
 * @param tensors weights, moments, votes and statistics, a record each, under Kafka's default
 *     record limit
 * @param examples kept for replay or waiting for their mini-batch, a record each
 * @param answers how the newest labelled images were answered, a record each
 * @param scores a record for each head, domain and version
 * @param detectors of drift, a record each
 * @param versions of heads, and what they are compared on, a record each
 * @param <S> what kind of stores
 */
public record LearnerByteStores<S extends ByteStore>(
    S progress, S tensors, S examples, S answers, S scores, S detectors, S versions) {

  /** Returns the same stores, each seen through something. */
  public <T extends ByteStore> LearnerByteStores<T> through(Function<? super S, T> view) {
    return new LearnerByteStores<>(
        view.apply(progress),
        view.apply(tensors),
        view.apply(examples),
        view.apply(answers),
        view.apply(scores),
        view.apply(detectors),
        view.apply(versions));
  }

  public List<S> all() {
    return List.of(progress, tensors, examples, answers, scores, detectors, versions);
  }
}
