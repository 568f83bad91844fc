package dev.headwater.event;

import java.util.Optional;

/**
 * The quality of a set of predictions, each made before its label was known. What is not defined
 * for them is empty.
 *
 * @param examples predictions counted; one whose label came later counts from then on
 * @param accuracy share of correct predictions, from 0 to 1
 * @param logLoss mean negative log-likelihood of the labels in nats, from 0; probabilities are
 *     clipped to 1e-7 … 1 - 1e-7
 * @param auc area under the ROC curve, from 0 to 1; empty unless both classes came
 * @param f1 of the positive class, from 0 to 1; empty without a positive label or prediction
 * @param brier mean squared distance of probability and label, from 0 to 1
 * @param calibrationError expected calibration error in ten bins of equal width over the
 *     probability of the positive class, from 0 to 1
 */
public record Metrics(
    long examples,
    Optional<Double> accuracy,
    Optional<Double> logLoss,
    Optional<Double> auc,
    Optional<Double> f1,
    Optional<Double> brier,
    Optional<Double> calibrationError) {
  /** Of no predictions. */
  public static final Metrics NONE =
      new Metrics(
          0,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
}
