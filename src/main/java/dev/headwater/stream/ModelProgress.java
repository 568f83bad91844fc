package dev.headwater.stream;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.headwater.evaluation.Scores;
import dev.headwater.evaluation.Tally;
import dev.headwater.event.ModelStatus.Share;
import dev.headwater.head.Reservoir;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The small part of what a learner knows of one model; kept as one JSON record.
 *
 * @param format of this record; 2, or 1, which had no repetitions, corrections and versions
 * @param backbone fingerprint of the backbone whose embeddings the head understands
 * @param reducedQuality whether that backbone is a stand-in of reduced quality
 * @param examples labelled images taken
 * @param predictions images predicted, labelled or not
 * @param repeated images that came again under their id
 * @param corrections labels that changed after they had been learnt
 * @param version of the newest snapshot; 0 for none
 * @param snapshotLessons examples and corrections taken when it was made
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
    long repeated,
    long corrections,
    long version,
    @JsonAlias("snapshotExamples") long snapshotLessons,
    int pending,
    int steps,
    Scores scores,
    Reservoir reservoir) {
  static final int FORMAT = 2;
  private static final int OLDEST_FORMAT = 1;

  /** Whether this build reads a format. */
  static boolean isReadable(int format) {
    return format >= OLDEST_FORMAT && format <= FORMAT;
  }

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
        0,
        0,
        Scores.none(),
        Reservoir.ofCapacity(reservoirCapacity));
  }

  /** Examples and corrections taken. */
  long lessons() {
    return examples + corrections;
  }

  /** Scores by domain as they are published. */
  Map<String, Share> domains() {
    return shares(scores.domains());
  }

  /** Scores by the version that predicted, as they are published. */
  Map<Long, Share> servedVersions() {
    return shares(scores.versions());
  }

  private static <K> Map<K, Share> shares(Map<K, Tally> tallies) {
    var shares = new LinkedHashMap<K, Share>();
    tallies.forEach((name, t) -> shares.put(name, new Share(t.examples(), t.accuracy())));
    return shares;
  }
}
