package dev.headwater.evaluation;

import java.util.Optional;

/**
 * What a detector found to have changed.
 *
 * @param detector which
 * @param domain the only one in which it found it; empty for all of a model's images
 * @param before mean loss or error rate before, from 0 to 1; empty for a detector without labels
 * @param beforeCount how many examples or images before
 * @param after mean loss or error rate after, from 0 to 1; empty for a detector without labels
 * @param afterCount how many examples or images after
 * @param statistic what was compared with the threshold
 * @param threshold what it exceeded: for ADWIN a difference of losses, otherwise nats
 */
public record Alarm(
    Detector detector,
    Optional<String> domain,
    Optional<Double> before,
    long beforeCount,
    Optional<Double> after,
    long afterCount,
    double statistic,
    double threshold) {

  /** What finds changes. */
  public enum Detector {
    /** {@link Adwin} over errors and losses. */
    ADWIN,
    /** {@link PageHinkley} over errors. */
    PAGE_HINKLEY,
    /** {@link EmbeddingDrift}, which needs no labels. */
    EMBEDDINGS
  }

  /** Returns this alarm as one of a domain alone. */
  public Alarm in(String name) {
    return new Alarm(
        detector, Optional.of(name), before, beforeCount, after, afterCount, statistic, threshold);
  }
}
