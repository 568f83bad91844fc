package dev.headwater.learner.model;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.headwater.head.Focus;
import dev.headwater.head.Reservoir;

/**
 * The small part of what a learner knows of one model; kept as one JSON record.
 *
 * @param format of this record; 5, or 4, which stood without versions, or 3, which stood without a
 *     journal, or 2, which had scores in it, or 1, which had no repetitions, corrections and
 *     versions either
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
 * @param earlierScores of format 1 and 2; null otherwise, since they lie in a store of their own
 * @param reservoir index of the examples kept for replay
 * @param focus what is leant towards since the newest drift; null where there was none
 */
public record ModelState(
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
    @JsonProperty("scores") @JsonInclude(JsonInclude.Include.NON_NULL) EarlierScores earlierScores,
    Reservoir reservoir,
    @JsonInclude(JsonInclude.Include.NON_NULL) Focus focus) {
  static final int FORMAT = 5;
  private static final int OLDEST_FORMAT = 1;

  /** Whether this build reads a format. */
  static boolean isReadable(int format) {
    return format >= OLDEST_FORMAT && format <= FORMAT;
  }

  /** Whether an earlier build, which would not know the journal, did not write it. */
  public boolean isOfThisFormat() {
    return format == FORMAT;
  }

  public static ModelState initial(String backbone, boolean reducedQuality, int reservoirCapacity) {
    return new ModelState(
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
        null,
        Reservoir.ofCapacity(reservoirCapacity),
        null);
  }

  /** Returns the same after another version. */
  public ModelState withVersion(long newest) {
    return new ModelState(
        format,
        backbone,
        reducedQuality,
        examples,
        predictions,
        repeated,
        corrections,
        newest,
        snapshotLessons,
        pending,
        steps,
        earlierScores,
        reservoir,
        focus);
  }

  /** Examples and corrections taken. */
  public long lessons() {
    return examples + corrections;
  }
}
