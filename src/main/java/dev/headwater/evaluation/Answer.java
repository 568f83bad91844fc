package dev.headwater.evaluation;

/**
 * How the head in training answered for one labelled image, kept for the case that the label
 * changes.
 *
 * @param number which example it was, counted from 1
 * @param domain as it was counted
 * @param right whether the answer was right, as far as is known now
 */
public record Answer(long number, String domain, boolean right) {

  /** Returns this answer as another label of two judges it. */
  public Answer corrected() {
    return new Answer(number, domain, !right);
  }
}
