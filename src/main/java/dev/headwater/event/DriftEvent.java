package dev.headwater.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Optional;

/**
 * A drift that a detector found: predictions became worse, or images look different.
 *
 * @param model the model's name
 * @param kind {@link ModelEvent.Kind#DRIFT}
 * @param detector what found it
 * @param domain the only one in which it was found; empty for the whole model
 * @param before mean loss of published predictions before, from 0 to 1; empty for a detector that
 *     needs no labels
 * @param beforeCount how many examples or images that is over
 * @param after mean loss of published predictions after, from 0 to 1; empty as {@code before}
 * @param afterCount how many examples or images that is over
 * @param statistic what the detector compared with its threshold: for ADWIN a difference of mean
 *     losses, otherwise evidence in nats
 * @param threshold what it exceeded
 * @param examples labelled images learnt, this one among them if it has a label
 * @param predictions predictions published before, this image's among them
 * @param version of the newest snapshot; 0 for none
 * @param time of the input at which it was found
 * @param message the same as a sentence
 */
public record DriftEvent(
    String model,
    Kind kind,
    Optional<Detector> detector,
    Optional<String> domain,
    Optional<Double> before,
    long beforeCount,
    Optional<Double> after,
    long afterCount,
    double statistic,
    double threshold,
    long examples,
    long predictions,
    long version,
    Instant time,
    String message)
    implements ModelEvent {

  /** What found it. */
  public enum Detector {
    /** ADWIN over errors and losses of published predictions. */
    @JsonProperty("adwin")
    ADWIN,
    /** A Page-Hinkley test over errors of published predictions. */
    @JsonProperty("page-hinkley")
    PAGE_HINKLEY,
    /** A test of what images look like, labelled or not. */
    @JsonProperty("embeddings")
    EMBEDDINGS
  }
}
