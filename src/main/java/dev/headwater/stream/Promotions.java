package dev.headwater.stream;

import dev.headwater.evaluation.Comparison;
import dev.headwater.evaluation.Gate;
import dev.headwater.evaluation.Judgement;
import dev.headwater.event.ModelEvent.Kind;
import dev.headwater.event.PromotionPolicy;
import dev.headwater.head.OnlineLearner;
import dev.headwater.snapshot.Snapshot;
import dev.headwater.stream.LearnerOutput.NewEvent;
import dev.headwater.stream.LearnerOutput.Promoted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides what serves once a new version was made: by the model's policy, by the gate, and by
 * whether the version in service has become much worse than an earlier one.
 *
 * @param gate decides where a new version must prove itself
 * @param reaction what follows when the version in service has become much worse
 * @param learner forgets what has made the head in training much worse
 */
record Promotions(Gate gate, RegressionReaction reaction, OnlineLearner learner) {

  /** What made a version that was learnt here. */
  static final String TRAINING = "training";

  /** An earlier version, and how it and the one in service answer the same images. */
  private record Rival(long version, Comparison comparison) {}

  /**
   * Returns what follows from a new version, which is kept already.
   *
   * @param time of the input that made it
   */
  List<LearnerOutput> decide(ModelMemory memory, Snapshot candidate, Instant time) {
    var versions = memory.versions();
    var events = LifeEvents.at(memory, time);
    if (!versions.isKept(versions.served())) {
      return versions.policy() == PromotionPolicy.MANUAL || versions.isPinned()
          ? List.of()
          : promote(memory, events, candidate, "the first one");
    }
    var outputs = new ArrayList<LearnerOutput>(watch(memory, events));
    boolean isDecidedAlready = outputs.size() > 1;
    if (isDecidedAlready || versions.isPinned() || versions.policy() == PromotionPolicy.MANUAL) {
      return outputs;
    }
    outputs.addAll(
        versions.isGuarded()
            ? prove(memory, events, candidate)
            : promote(memory, events, candidate, "policy continuous"));
    return outputs;
  }

  private static List<LearnerOutput> promote(
      ModelMemory memory, LifeEvents events, Snapshot candidate, String why) {
    byte[] file = memory.versions().serve(candidate.version(), memory.lessons());
    String message =
        "version %d of model %s came into service: %s"
            .formatted(candidate.version(), memory.model(), why);
    return List.of(
        new Promoted(file),
        new NewEvent(events.of(Kind.PROMOTED, Optional.empty(), candidate.version(), message)));
  }

  private List<LearnerOutput> prove(ModelMemory memory, LifeEvents events, Snapshot candidate) {
    var versions = memory.versions();
    var served = versions.snapshot(versions.served());
    var recent = comparison(versions.recent(), round -> answer(served, round), Round::trained);
    var heldOut =
        comparison(
            versions.heldOut(memory.lessons()),
            round -> answer(served, round),
            round -> answer(candidate, round));
    var verdict = gate.judge(recent, heldOut);
    String head = "version %d of model %s ".formatted(candidate.version(), memory.model());
    if (!verdict.passes()) {
      String message = head + "is held: " + verdict.reason();
      var held =
          new NewEvent(events.compared(Kind.HELD, candidate.version(), message, recent, heldOut));
      return isSpoilt(versions, served, recent)
          ? List.of(held, unlearn(memory, events, served))
          : List.of(held);
    }
    versions.guard(false);
    byte[] file = versions.serve(candidate.version(), memory.lessons());
    String message = head + "came into service: " + verdict.reason();
    return List.of(
        new Promoted(file),
        new NewEvent(
            events.compared(Kind.PROMOTED, candidate.version(), message, recent, heldOut)));
  }

  /**
   * Whether what was learnt since the head in service came into service has made the head in
   * training much worse than that one, on labels that both were tested on: wrong labels have.
   */
  private static boolean isSpoilt(ModelVersions versions, Snapshot served, Comparison recent) {
    return versions.policy() == PromotionPolicy.GATED
        && !versions.isUnderGuard()
        && versions.kept(served.version()).filter(kept -> !kept.imported()).isPresent()
        && recent.servedIsMuchBetter();
  }

  private NewEvent unlearn(ModelMemory memory, LifeEvents events, Snapshot served) {
    long since = memory.versions().servedSince();
    learner.forgetSince(memory, since);
    memory.versions().trials().forgetSince(since);
    memory.versions().standOn(served.version());
    String message =
        "the head of model %s in training had become much worse than version %d: what was learnt after example %d is forgotten"
            .formatted(memory.model(), served.version(), since);
    return new NewEvent(events.of(Kind.UNLEARNED, Optional.empty(), served.version(), message));
  }

  /** Returns an event if an earlier version is much better, and what follows from it. */
  private List<LearnerOutput> watch(ModelMemory memory, LifeEvents events) {
    var versions = memory.versions();
    if (versions.hasRegressed()) {
      return List.of();
    }
    var best = best(versions);
    if (best.isEmpty()) {
      return List.of();
    }
    long earlier = best.get().version();
    var comparison = best.get().comparison();
    versions.regressed();
    String message =
        "version %d of model %s in service is much worse than version %d: accuracy %.3f against %.3f on the newest %d examples"
            .formatted(
                versions.served(),
                memory.model(),
                earlier,
                comparison.servedAccuracy(),
                comparison.candidateAccuracy(),
                comparison.examples());
    var regressed =
        new NewEvent(
            events.compared(Kind.REGRESSED, earlier, message, comparison, Comparison.NONE));
    if (reaction == RegressionReaction.REPORT || versions.isPinned()) {
      return List.of(regressed);
    }
    byte[] file = versions.serve(earlier, memory.lessons());
    versions.guard(true);
    String back =
        "version %d of model %s is back in service by itself; a later one must prove not to be worse"
            .formatted(earlier, memory.model());
    return List.of(
        regressed,
        new Promoted(file),
        new NewEvent(events.of(Kind.ROLLED_BACK, Optional.empty(), earlier, back)));
  }

  /**
   * Returns the best of the earlier versions that are much better than the one in service, on
   * images that came after all of them.
   */
  private Optional<Rival> best(ModelVersions versions) {
    var recent = versions.recent().toList();
    if (recent.size() < gate.least()) {
      return Optional.empty();
    }
    var served = versions.snapshot(versions.served());
    Answers inService = round -> answer(served, round);
    long wrong = recent.stream().filter(round -> !inService.to(round).right()).count();
    if (wrong < Comparison.MUCH * recent.size()) {
      return Optional.empty();
    }
    long oldest = recent.stream().mapToLong(Round::number).min().orElseThrow();
    return versions.all().stream()
        .filter(kept -> kept.number() < versions.served() && kept.lessons() < oldest)
        .map(
            kept -> {
              var earlier = versions.snapshot(kept.number());
              return new Rival(
                  kept.number(),
                  comparison(recent.stream(), inService, round -> answer(earlier, round)));
            })
        .filter(rival -> rival.comparison().candidateIsMuchBetter())
        .min(Comparator.comparingDouble(rival -> rival.comparison().candidateLossSum()));
  }

  /** How another head answers a labelled image. */
  private interface Answers {
    Judgement to(Round round);
  }

  private static Comparison comparison(Stream<Round> rounds, Answers served, Answers candidate) {
    return rounds.reduce(
        Comparison.NONE,
        (sum, round) -> sum.plus(served.to(round), candidate.to(round)),
        (one, other) -> {
          throw new AssertionError("one round after the other");
        });
  }

  private static Judgement answer(Snapshot snapshot, Round round) {
    double probability = snapshot.head().probability(round.embedding());
    return new Judgement(
        (float) probability, probability >= snapshot.threshold(), round.positive());
  }
}
