package dev.headwater.learner.model;

import java.time.Duration;

/**
 * When a head becomes a snapshot.
 *
 * @param examples a snapshot at least every so many labelled examples; early ones come sooner, each
 *     time the examples have doubled, so that a new model serves after its first mini-batches
 * @param interval and at least so long after an example that no snapshot has
 */
public record SnapshotPolicy(int examples, Duration interval) {
  /** Every 64 examples or 10 seconds. */
  public static final SnapshotPolicy DEFAULT = new SnapshotPolicy(64, Duration.ofSeconds(10));

  /** Checks the ranges. */
  public SnapshotPolicy {
    if (examples < 1) {
      throw new IllegalArgumentException(
          "a snapshot every %d examples, expected at least 1".formatted(examples));
    }
    if (interval.isNegative() || interval.isZero()) {
      throw new IllegalArgumentException(
          "a snapshot every %s, expected a positive duration".formatted(interval));
    }
  }

  /** Whether one is due; an example whose label was corrected counts again. */
  public boolean isDue(long now, long atLast) {
    return now - atLast >= Math.min(examples, Math.max(1, atLast));
  }
}
