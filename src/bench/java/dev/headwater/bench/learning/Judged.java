package dev.headwater.bench.learning;

/**
 * An answer, beside the label that it was given without.
 *
 * @param domain of the image
 * @param positive the label
 * @param answer what the learner said
 */
record Judged(String domain, boolean positive, Answer answer) {

  boolean right() {
    return answer.positive() == positive;
  }
}
