package dev.headwater.event;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * How often a model was right so far; the value on the {@code evaluations} topic.
 *
 * <p>Each accuracy is the share of right answers, from 0 to 1, and empty while there is none.
 *
 * @param model the model's name
 * @param version the newest snapshot's version
 * @param examples labelled images learnt
 * @param predictions predictions published, labelled or not
 * @param accuracy of the head in training, each example scored before it was learnt
 * @param windowAccuracy the same over the newest {@code windowSize} examples
 * @param windowSize how many examples the window holds at most
 * @param servedAccuracy of the published predictions that a trained head made
 * @param domains by domain, in order of first appearance
 * @param time of the newest example
 */
public record Evaluation(
    String model,
    long version,
    long examples,
    long predictions,
    Optional<Double> accuracy,
    Optional<Double> windowAccuracy,
    int windowSize,
    Optional<Double> servedAccuracy,
    Map<String, ModelStatus.DomainStatus> domains,
    Instant time) {}
