package dev.headwater.learner.release;

import dev.headwater.evaluation.Comparison;
import dev.headwater.event.Fields;
import dev.headwater.event.LifeEvent;
import dev.headwater.event.LifeEvent.Paired;
import dev.headwater.event.ModelEvent.Kind;
import java.time.Instant;
import java.util.Optional;

/**
 * Makes events of what happens to the versions of a model at one input.
 *
 * @param model as it is when an event is made
 * @param time of the input
 * @param servedBefore the version in service before the input
 */
record ReleaseEvents(Model model, Instant time, long servedBefore) {

  static ReleaseEvents at(Model model, Instant time) {
    return new ReleaseEvents(model, time, model.release().served());
  }

  /** Returns an event about a version that no command led to. */
  LifeEvent of(Kind kind, long version, String message) {
    return of(kind, Optional.empty(), version, message, Optional.empty(), Optional.empty());
  }

  /** Returns the event that answers a command, about a version. */
  LifeEvent reply(String command, Kind kind, long version, String message) {
    return of(kind, Optional.of(command), version, message, Optional.empty(), Optional.empty());
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
        model.name(),
        kind,
        command,
        version,
        model.release().served(),
        servedBefore,
        recent,
        heldOut,
        model.memory().examples(),
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
