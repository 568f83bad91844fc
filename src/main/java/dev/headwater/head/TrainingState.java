package dev.headwater.head;

/**
 * All that one step of training needs from the step before: weights, and Adam's two moments of
 * each.
 *
 * @param weights the head in training
 * @param firstMoment Adam's running mean of the gradient
 * @param secondMoment Adam's running mean of the squared gradient
 * @param steps optimiser steps taken, which Adam's bias correction counts
 */
public record TrainingState(
    HeadParameters weights, HeadParameters firstMoment, HeadParameters secondMoment, int steps) {

  /** Returns the state before the first step. */
  public static TrainingState initial(int inputs, long seed) {
    return initial(inputs, DenseHead.HIDDEN, seed);
  }

  /** Returns the state before the first step, of a head with so many hidden units. */
  public static TrainingState initial(int inputs, int hidden, long seed) {
    var zeros = HeadParameters.zeros(inputs, hidden);
    return new TrainingState(DenseHead.initial(inputs, hidden, seed).parameters(), zeros, zeros, 0);
  }

  /** The head that these weights make. */
  public DenseHead head() {
    return new DenseHead(weights);
  }
}
