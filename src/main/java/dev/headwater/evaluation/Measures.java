package dev.headwater.evaluation;

import java.util.Optional;

/**
 * How good a number of answers were. What is not defined for them is empty, never NaN.
 *
 * @param examples answers that were counted
 * @param accuracy share of right answers; empty before the first
 * @param logLoss mean negative log-likelihood of the labels in nats, probabilities clipped to 1e-7
 *     … 1 - 1e-7; empty before the first
 * @param auc area under the ROC curve: how often a positive image has a higher probability than a
 *     negative one, a tie counting half (Hanley and McNeil 1982); empty unless both classes came
 * @param f1 harmonic mean of precision and recall of the positive class; empty if there was neither
 *     a positive label nor a positive answer
 * @param brier mean squared distance of probability and label (Brier 1950); empty before the first
 * @param calibrationError expected calibration error (Naeini et al. 2015): in ten bins of equal
 *     width over the probability of the positive class, the distance between the mean probability
 *     and the share of positives, weighted by what lies in each bin; empty before the first
 */
public record Measures(
    long examples,
    Optional<Double> accuracy,
    Optional<Double> logLoss,
    Optional<Double> auc,
    Optional<Double> f1,
    Optional<Double> brier,
    Optional<Double> calibrationError) {}
