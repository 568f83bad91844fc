package dev.headwater.snapshot;

import dev.headwater.head.DenseHead;
import java.util.List;
import java.util.Optional;

/**
 * A head that was trained anywhere, with what its file says of it.
 *
 * @param backbone fingerprint of the backbone whose embeddings it understands
 * @param classes the two class names, negative first; empty if the file does not say
 * @param threshold the probability from which on the positive class is predicted; empty if the file
 *     does not say
 * @param examples labelled images learnt; 0 if the file does not say
 * @param accuracy over all examples, if the file says
 * @param windowAccuracy over the newest examples, if the file says
 * @param head the weights
 */
public record ImportedHead(
    String backbone,
    Optional<List<String>> classes,
    Optional<Double> threshold,
    long examples,
    Optional<Double> accuracy,
    Optional<Double> windowAccuracy,
    DenseHead head) {

  /** Checks what becomes part of a snapshot. */
  public ImportedHead {
    if (examples < 0) {
      throw new IllegalArgumentException(
          "metadata 'examples' is %d, expected 0 or more".formatted(examples));
    }
    if (threshold.isPresent() && !(threshold.get() > 0 && threshold.get() < 1)) {
      throw new IllegalArgumentException(
          "metadata 'threshold' is %s, expected more than 0 and less than 1"
              .formatted(threshold.get()));
    }
    if (classes.isPresent() && classes.get().size() != 2) {
      throw new IllegalArgumentException(
          "metadata 'classes' has %d names, expected 2, negative first"
              .formatted(classes.get().size()));
    }
  }
}
