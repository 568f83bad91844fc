package dev.headwater.learner.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.headwater.event.Json;
import dev.headwater.head.Focus;
import dev.headwater.head.Reservoir;
import java.io.IOException;

/**
 * The small part of what a learner knows of one model; kept as one JSON record.
 *
 * @param format of this record
 * @param backbone fingerprint of the backbone whose embeddings the head understands
 * @param reducedQuality whether that backbone is a stand-in of reduced quality
 * @param counts of the inputs taken
 * @param version of the newest snapshot; 0 for none
 * @param snapshotLabels examples and corrections taken when it was made
 * @param pending examples that wait for the mini-batch to fill
 * @param steps optimiser steps taken
 * @param reservoir index of the examples kept for replay
 * @param focus the domain that counts more since the newest drift; null where there was none
 */
public record ModelState(
    int format,
    String backbone,
    boolean reducedQuality,
    Counts counts,
    long version,
    long snapshotLabels,
    int pending,
    int steps,
    Reservoir reservoir,
    @JsonInclude(JsonInclude.Include.NON_NULL) Focus focus) {
  private static final int FORMAT = 6;

  /**
   * How many inputs of each kind a model has taken.
   *
   * @param examples labelled images
   * @param predictions images predicted, labelled or not
   * @param repeated images that came again under their id
   * @param corrections labels that changed after they had been learnt
   */
  public record Counts(long examples, long predictions, long repeated, long corrections) {
    public static final Counts NONE = new Counts(0, 0, 0, 0);
  }

  /** Returns the state of a model that has taken no input. */
  public static ModelState initial(
      String backbone, boolean reducedQuality, long version, int reservoirCapacity) {
    var reservoir = Reservoir.ofCapacity(reservoirCapacity);
    return of(backbone, reducedQuality, Counts.NONE, version, 0, 0, 0, reservoir, Focus.NONE);
  }

  static ModelState of(
      String backbone,
      boolean reducedQuality,
      Counts counts,
      long version,
      long snapshotLabels,
      int pending,
      int steps,
      Reservoir reservoir,
      Focus focus) {
    return new ModelState(
        FORMAT,
        backbone,
        reducedQuality,
        counts,
        version,
        snapshotLabels,
        pending,
        steps,
        reservoir,
        focus.equals(Focus.NONE) ? null : focus);
  }

  /** Examples and corrections taken. */
  public long labels() {
    return counts.examples() + counts.corrections();
  }

  /**
   * Reads a record.
   *
   * @throws IllegalStateException if this build did not write it
   */
  public static ModelState read(byte[] json) {
    try {
      int format = Json.MAPPER.readTree(json).path("format").asInt();
      if (format != FORMAT) {
        throw new IllegalStateException(
            "learner state has format %d: this build reads %d; start the build that wrote it"
                .formatted(format, FORMAT));
      }
      return Json.MAPPER.readValue(json, ModelState.class);
    } catch (IOException e) {
      throw new IllegalStateException("learner state is not readable; restore it from Kafka", e);
    }
  }

  byte[] write() {
    try {
      return Json.MAPPER.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of plain values is always writable as JSON", e);
    }
  }
}
