package dev.headwater.stream;

import dev.headwater.evaluation.Scores;
import dev.headwater.event.ModelStatus.DomainStatus;
import dev.headwater.head.Reservoir;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The small part of what a learner knows of one model; kept as one JSON record.
 *
 * @param format of this record; 1
 * @param backbone fingerprint of the backbone whose embeddings the head understands
 * @param reducedQuality whether that backbone is a stand-in of reduced quality
 * @param examples labelled images taken
 * @param predictions images predicted, labelled or not
 * @param version of the newest snapshot; 0 for none
 * @param snapshotExamples examples taken when it was made
 * @param pending examples that wait for the mini-batch to fill
 * @param steps optimiser steps taken
 * @param scores how often the model was right
 * @param reservoir index of the examples kept for replay
 */
record ModelProgress(
    int format,
    String backbone,
    boolean reducedQuality,
    long examples,
    long predictions,
    long version,
    long snapshotExamples,
    int pending,
    int steps,
    Scores scores,
    Reservoir reservoir) {
  static final int FORMAT = 1;

  static ModelProgress initial(String backbone, boolean reducedQuality, int reservoirCapacity) {
    return new ModelProgress(
        FORMAT,
        backbone,
        reducedQuality,
        0,
        0,
        0,
        0,
        0,
        0,
        Scores.none(),
        Reservoir.ofCapacity(reservoirCapacity));
  }

  /** Scores by domain as they are published. */
  Map<String, DomainStatus> domains() {
    var domains = new LinkedHashMap<String, DomainStatus>();
    scores
        .domains()
        .forEach((name, t) -> domains.put(name, new DomainStatus(t.examples(), t.accuracy())));
    return domains;
  }
}
