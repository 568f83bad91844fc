package dev.headwater.bench.learning;

/**
 * What a learner says of an image before it knows the label.
 *
 * @param probability of the positive class, from 0 to 1
 * @param positive the class that it decides for
 */
public record Answer(double probability, boolean positive) {

  /** Decides for the positive class from a probability of 0.5 on, as the service does. */
  public static Answer of(double probability) {
    return new Answer(probability, probability >= 0.5);
  }
}
