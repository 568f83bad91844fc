package dev.headwater.event;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One version of a model's head that is kept, and where it came from.
 *
 * @param version counts from 1, over all that is made of the model
 * @param parent the version it grew from; 0 if it has none here
 * @param createdAt time of the newest example learnt, or of the command that made it
 * @param createdBy {@code training}, {@code import} or {@code threshold}
 * @param examples labelled images learnt
 * @param accuracy prequential accuracy at birth, over all examples
 * @param windowAccuracy the same over the newest examples
 * @param backbone fingerprint of the backbone whose embeddings it understands
 * @param classes the two class names, negative first
 * @param threshold the probability from which on the positive class is predicted
 * @param served whether it is the one in service
 */
public record ModelVersion(
    long version,
    long parent,
    Instant createdAt,
    String createdBy,
    long examples,
    Optional<Double> accuracy,
    Optional<Double> windowAccuracy,
    String backbone,
    List<String> classes,
    double threshold,
    boolean served) {

  /** Returns the same, and whether it is in service. */
  public ModelVersion inService(boolean isServed) {
    return new ModelVersion(
        version,
        parent,
        createdAt,
        createdBy,
        examples,
        accuracy,
        windowAccuracy,
        backbone,
        classes,
        threshold,
        isServed);
  }
}
