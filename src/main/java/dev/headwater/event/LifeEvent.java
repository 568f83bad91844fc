package dev.headwater.event;

import java.time.Instant;
import java.util.Optional;

/**
 * An event of a model's versions, caused by its policy or by a command, which it confirms.
 *
 * @param model the model's name
 * @param kind what happened
 * @param command id of the command that this confirms; empty for what happened by itself
 * @param version what the event is about: the version that was promoted, held or made; 0 for none
 * @param served the version in service afterwards; 0 for none
 * @param previous the version in service before; 0 for none
 * @param recent both heads on the newest labelled examples; empty where nothing was compared
 * @param heldOut both heads on examples that neither has learnt; empty where nothing was compared
 * @param examples labelled images taken
 * @param time of the input at which it happened
 * @param message the same as a sentence, with the reason
 */
public record LifeEvent(
    String model,
    Kind kind,
    Optional<String> command,
    long version,
    long served,
    long previous,
    Optional<Paired> recent,
    Optional<Paired> heldOut,
    long examples,
    Instant time,
    String message)
    implements ModelEvent {

  /**
   * The head in service and another one on the same examples.
   *
   * @param examples how many
   * @param servedAccuracy share of correct predictions of the head in service
   * @param candidateAccuracy of the other one
   * @param servedLogLoss mean log-loss of the head in service in nats, probabilities bounded to
   *     0.01 … 0.99
   * @param candidateLogLoss of the other one
   */
  public record Paired(
      int examples,
      double servedAccuracy,
      double candidateAccuracy,
      double servedLogLoss,
      double candidateLogLoss) {}
}
