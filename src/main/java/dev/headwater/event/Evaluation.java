package dev.headwater.event;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The quality of a model's predictions so far; the value on the {@code evaluations} topic.
 *
 * <p>Each accuracy is the share of correct predictions, from 0 to 1, and empty while there is none.
 *
 * @param model the model's name
 * @param version the newest snapshot's version
 * @param examples labelled images learnt
 * @param predictions predictions published, labelled or not
 * @param repeated images that came again under their id, and were neither predicted nor learnt
 *     again
 * @param corrected labels that changed after they had been learnt
 * @param accuracy of the head in training, each example scored before it was learnt
 * @param windowAccuracy the same over the newest {@code windowSize} examples
 * @param windowSize how many examples the window holds at most
 * @param servedAccuracy of the published predictions that a trained head made
 * @param trained every metric of the head in training
 * @param served every metric of the predictions that {@code servedAccuracy} counts
 * @param servedVersions of these predictions by the version that made them, oldest first; the
 *     newest 50 of those that have been judged
 * @param domains of the head in training by domain, in order of first appearance
 * @param time of the newest example
 */
public record Evaluation(
    String model,
    long version,
    long examples,
    long predictions,
    long repeated,
    long corrected,
    Optional<Double> accuracy,
    Optional<Double> windowAccuracy,
    int windowSize,
    Optional<Double> servedAccuracy,
    Spans trained,
    Spans served,
    Map<Long, ModelStatus.Share> servedVersions,
    Map<String, ModelStatus.Share> domains,
    Instant time) {}
