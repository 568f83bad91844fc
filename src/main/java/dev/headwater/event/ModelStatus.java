package dev.headwater.event;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The state and quality of one model; what {@code GET /api/models} and {@code headwater models}
 * tell.
 *
 * <p>Each accuracy is the share of correct predictions, from 0 to 1, and empty while there is none.
 *
 * @param model the model's name
 * @param version the newest snapshot's version; 0 before the first
 * @param examples labelled images learnt
 * @param predictions predictions published, labelled or not
 * @param repeated images that came again under their id, and were neither predicted nor learnt
 *     again
 * @param corrected labels that changed after they had been learnt
 * @param accuracy prequential: of the head in training, which scores each example before learning
 *     it
 * @param windowAccuracy the same over the newest {@code windowSize} examples
 * @param windowSize how many examples the window holds at most
 * @param servedAccuracy of the predictions as published, which lag by the snapshot interval; counts
 *     predictions by a trained head, version 1 or later
 * @param servedExamples how many labelled predictions {@code servedAccuracy} counts
 * @param trained every metric of the head in training
 * @param served every metric of the predictions that {@code servedAccuracy} counts
 * @param servedVersions of these predictions by the version that made them, oldest first; the
 *     newest 50 of those that have been judged
 * @param domains of the head in training by domain, in order of first appearance
 * @param classes the two class names, negative first
 * @param backbone fingerprint of the backbone whose embeddings the head understands
 * @param reducedQuality whether that backbone is a stand-in of reduced quality
 * @param servedVersion the version in service; 0 for none
 * @param pinned whether it stays there whatever the policy says
 * @param policy when a new version is put into service
 */
public record ModelStatus(
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
    long servedExamples,
    Spans trained,
    Spans served,
    Map<Long, Share> servedVersions,
    Map<String, Share> domains,
    List<String> classes,
    String backbone,
    boolean reducedQuality,
    long servedVersion,
    boolean pinned,
    PromotionPolicy policy) {

  /** A service of an older build tells accuracies only. */
  public ModelStatus {
    trained = trained == null ? Spans.NONE : trained;
    served = served == null ? Spans.NONE : served;
  }

  /** The quality of the predictions on one domain, or of one version. */
  public record Share(long examples, Optional<Double> accuracy, Spans metrics) {
    /** A service of an older build tells accuracies only. */
    public Share {
      metrics = metrics == null ? Spans.NONE : metrics;
    }
  }
}
