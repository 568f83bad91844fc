package dev.headwater.snapshot;

import dev.headwater.head.DenseHead;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One version of a model's head, with where it came from.
 *
 * @param model the model's name
 * @param version counts from 1
 * @param parent the version it grew from; 0 for the first
 * @param backbone fingerprint of the backbone whose embeddings the head understands
 * @param reducedQuality whether that backbone is a stand-in of reduced quality
 * @param classes the two class names, negative first
 * @param threshold the probability from which on the positive class is predicted
 * @param examples labelled images learnt
 * @param accuracy prequential accuracy at birth, over all examples
 * @param windowAccuracy the same over the newest examples
 * @param createdAt time of the newest example learnt
 * @param createdBy what made it, such as {@code training}
 * @param head the weights
 */
public record Snapshot(
    String model,
    long version,
    long parent,
    String backbone,
    boolean reducedQuality,
    List<String> classes,
    double threshold,
    long examples,
    Optional<Double> accuracy,
    Optional<Double> windowAccuracy,
    Instant createdAt,
    String createdBy,
    DenseHead head) {

  /** Returns a version that grew from this one without learning. */
  public Snapshot derived(long nextVersion, Instant when, String by) {
    return new Snapshot(
        model,
        nextVersion,
        version,
        backbone,
        reducedQuality,
        classes,
        threshold,
        examples,
        accuracy,
        windowAccuracy,
        when,
        by,
        head);
  }

  /** Returns the same with another threshold. */
  public Snapshot withThreshold(double other) {
    return new Snapshot(
        model,
        version,
        parent,
        backbone,
        reducedQuality,
        classes,
        other,
        examples,
        accuracy,
        windowAccuracy,
        createdAt,
        createdBy,
        head);
  }

  /** Checks what a reader relies on. */
  public Snapshot {
    classes = List.copyOf(classes);
    if (version < 1) {
      throw new IllegalArgumentException(
          "snapshot version %d, expected 1 or more".formatted(version));
    }
    if (classes.size() != 2) {
      throw new IllegalArgumentException("%d class names, expected 2".formatted(classes.size()));
    }
    if (!(threshold > 0 && threshold < 1)) {
      throw new IllegalArgumentException(
          "threshold %s, expected more than 0 and less than 1".formatted(threshold));
    }
  }
}
