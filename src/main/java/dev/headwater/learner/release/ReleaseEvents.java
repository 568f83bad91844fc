package dev.headwater.learner.release;

import dev.headwater.evaluation.Comparison;
import dev.headwater.event.Fields;
import dev.headwater.event.LifeEvent;
import dev.headwater.event.LifeEvent.Paired;
import dev.headwater.event.ModelEvent.Kind;
import dev.headwater.learner.model.ModelMemory;
import java.time.Instant;
import java.util.Optional;

/**
 * Makes events of what happens to the versions of a model at one input.
 *
 * @param memory of the model, as it is when an event is made
 * @param time of the input
 * @param servedBefore the version in service before the input
 */
record ReleaseEvents(ModelMemory memory, Instant time, long servedBefore) {

  static ReleaseEvents at(ModelMemory memory, Instant time) {
    return new ReleaseEvents(memory, time, memory.versions().served());
  }

  /**
   * Returns an event about a version.
   *
   * @param command that it answers, if any
   */
  LifeEvent of(Kind kind, Optional<String> command, long version, String message) {
    return of(kind, command, version, message, Optional.empty(), Optional.empty());
  }

  /** Returns an event that no command led to, about a version that was compared. */
  LifeEvent compared(
      Kind kind, long version, String message, Comparison recent, Comparison heldOut) {
    return of(kind, Optional.empty(), version, message, paired(recent), paired(heldOut));
  }

  private LifeEvent of(
      Kind kind,
      Optional<String> command,
      long version,
      String message,
      Optional<Paired> recent,
      Optional<Paired> heldOut) {
    return new LifeEvent(
        memory.model(),
        kind,
        command,
        version,
        memory.versions().served(),
        servedBefore,
        recent,
        heldOut,
        memory.examples(),
        time,
        Fields.sentence(message));
  }

  private static Optional<Paired> paired(Comparison comparison) {
    return comparison.examples() == 0
        ? Optional.empty()
        : Optional.of(
            new Paired(
                comparison.examples(),
                comparison.servedAccuracy(),
                comparison.candidateAccuracy(),
                comparison.servedLogLoss(),
                comparison.candidateLogLoss()));
  }
}
