package dev.headwater.evaluation;

import java.util.Optional;

/**
 * How many of a number of answers were right.
 *
 * @param examples answers counted
 * @param correct those that were right
 */
public record Tally(long examples, long correct) {
  public static final Tally NONE = new Tally(0, 0);

  /** Returns the share of right answers, from 0 to 1; empty before the first. */
  public Optional<Double> accuracy() {
    return examples == 0 ? Optional.empty() : Optional.of((double) correct / examples);
  }
}
