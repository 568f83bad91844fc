package dev.headwater.learner.release;

import dev.headwater.evaluation.Comparison;
import dev.headwater.evaluation.Gate;
import dev.headwater.evaluation.Judgement;
import dev.headwater.event.ModelEvent.Kind;
import dev.headwater.event.ModelVersion;
import dev.headwater.event.PromotionPolicy;
import dev.headwater.head.OnlineLearner;
import dev.headwater.learner.model.LearnerOutput;
import dev.headwater.learner.model.LearnerOutput.NewEvent;
import dev.headwater.learner.model.LearnerOutput.Promoted;
import dev.headwater.learner.model.ModelMemory;
import dev.headwater.learner.model.ModelSettings;
import dev.headwater.learner.model.RegressionReaction;
import dev.headwater.snapshot.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Decides what serves once a new version was made: by the model's policy, by the gate, and by
 * whether the version in service has become much worse than an earlier one.
 *
 * @param gate decides where a new version must prove itself
 * @param learner forgets what has made the head in training much worse
 */
public record Promotions(Gate gate, OnlineLearner learner) {

  /** An earlier version, and how it and the one in service answer the same images. */
  private record Rival(long version, Comparison comparison) {}

  /**
   * Returns what follows from a new version, which is kept already.
   *
   * @param time of the input that made it
   */
  public List<LearnerOutput> decide(ModelMemory memory, Snapshot candidate, Instant time) {
    var versions = memory.versions();
    var events = ReleaseEvents.at(memory, time);
    if (!versions.kept().has(versions.served())) {
      return mayBeTheFirst(versions)
          ? promote(memory, events, candidate, "the first one")
          : List.of();
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

  /**
   * One that an earlier build has put into service is not kept: a guard protects it for a while.
   */
  private boolean mayBeTheFirst(ReleaseState versions) {
    boolean isProtected =
        versions.served() != 0
            && versions.isUnderGuard()
            && versions.trials().rounds() < gate.least();
    return versions.policy() != PromotionPolicy.MANUAL && !versions.isPinned() && !isProtected;
  }

  private static List<LearnerOutput> promote(
      ModelMemory memory, ReleaseEvents events, Snapshot candidate, String why) {
    var versions = memory.versions();
    byte[] file =
        versions.kept().has(versions.served())
            ? versions.inService().follow(candidate.version(), memory.lessons())
            : versions.inService().serve(candidate.version(), memory.lessons());
    String message =
        "version %d of model %s came into service: %s"
            .formatted(candidate.version(), memory.model(), why);
    return List.of(
        new Promoted(file),
        new NewEvent(events.of(Kind.PROMOTED, Optional.empty(), candidate.version(), message)));
  }

  private List<LearnerOutput> prove(ModelMemory memory, ReleaseEvents events, Snapshot candidate) {
    var versions = memory.versions();
    var served = versions.kept().snapshot(versions.served());
    var answers = new HeadComparison(versions);
    var recent = comparison(versions.recent(), answers.of(served), answers.inTraining());
    var heldOut =
        comparison(
            versions.heldOut(memory.lessons()), answers.untaught(served), answers.of(candidate));
    var verdict = gate.judge(recent, heldOut, versions.needsHeldOut());
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
    byte[] file = versions.inService().serve(candidate.version(), memory.lessons());
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
  private static boolean isSpoilt(ReleaseState versions, Snapshot served, Comparison recent) {
    return versions.policy() == PromotionPolicy.GATED
        && !versions.isUnderGuard()
        && !versions.inService().hasUnlearnt()
        && versions.kept().find(served.version()).filter(kept -> !kept.imported()).isPresent()
        && recent.servedIsMuchBetter();
  }

  private NewEvent unlearn(ModelMemory memory, ReleaseEvents events, Snapshot served) {
    var versions = memory.versions();
    long since = versions.kept().find(served.version()).orElseThrow().lessons();
    learner.forgetSince(memory, since);
    versions.trials().forgetSince(since);
    versions.standOn(served.version());
    versions.inService().setUnlearnt();
    String message =
        "the head of model %s in training had become much worse than version %d: what was learnt after example %d is forgotten"
            .formatted(memory.model(), served.version(), since);
    return new NewEvent(events.of(Kind.UNLEARNED, Optional.empty(), served.version(), message));
  }

  /** Returns an event if an earlier version is much better, and what follows from it. */
  private List<LearnerOutput> watch(ModelMemory memory, ReleaseEvents events) {
    var versions = memory.versions();
    if (versions.inService().hasJustRegressed(memory.lessons())) {
      return List.of();
    }
    var best = versions.isFollowing() ? bestOfFollowed(versions) : bestOfRecent(versions);
    if (best.isEmpty()) {
      return List.of();
    }
    long earlier = best.get().version();
    var comparison = best.get().comparison();
    versions.inService().regressed(memory.lessons());
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
    if (versions.onRegression() == RegressionReaction.REPORT
        || versions.isPinned()
        || versions.policy() == PromotionPolicy.MANUAL) {
      return List.of(regressed);
    }
    byte[] file = versions.inService().serveAgain(earlier, memory.lessons());
    versions.guard(true);
    String back =
        "version %d of model %s is back in service by itself; a later one must prove not to be worse"
            .formatted(earlier, memory.model());
    return List.of(
        regressed,
        new Promoted(file),
        new NewEvent(events.of(Kind.ROLLED_BACK, Optional.empty(), earlier, back)));
  }

  /** Where one version stays in service: it against the earlier ones, on what came since. */
  private Optional<Rival> bestOfRecent(ReleaseState versions) {
    var served = versions.kept().snapshot(versions.served());
    return best(versions, versions.recent().toList(), new HeadComparison(versions).of(served));
  }

  /**
   * Where each new version serves at once, and may see few images before the next: the head in
   * training, which they all are, as it answered before it learnt. The newest images are looked at
   * alone as well, since they tell sooner that labels are right again.
   */
  private Optional<Rival> bestOfFollowed(ReleaseState versions) {
    var followed =
        versions
            .followed()
            .sorted(Comparator.comparingLong(ComparisonExample::number).reversed())
            .toList();
    var newest = followed.subList(0, Math.min(gate.least(), followed.size()));
    var inTraining = new HeadComparison(versions).inTraining();
    return best(versions, newest, inTraining).or(() -> best(versions, followed, inTraining));
  }

  /**
   * Returns the best of those that were in service earlier and are much better than what serves, on
   * images that came after all of them.
   */
  private Optional<Rival> best(
      ReleaseState versions,
      List<ComparisonExample> rounds,
      Function<ComparisonExample, Judgement> inService) {
    if (rounds.size() < gate.least()) {
      return Optional.empty();
    }
    long wrong = rounds.stream().filter(round -> !inService.apply(round).right()).count();
    if (wrong < Comparison.MUCH * rounds.size()) {
      return Optional.empty();
    }
    long oldest = rounds.stream().mapToLong(ComparisonExample::number).min().orElseThrow();
    var served = versions.kept().find(versions.served()).orElseThrow();
    var answers = new HeadComparison(versions);
    return versions.inService().history().stream()
        .flatMap(number -> versions.kept().find(number).stream())
        .filter(kept -> isEarlier(kept, served) && kept.lessons() < oldest)
        .filter(kept -> isAlike(kept.version(), served.version()))
        .map(
            kept ->
                new Rival(
                    kept.number(),
                    comparison(
                        rounds.stream(),
                        inService,
                        answers.of(versions.kept().snapshot(kept.number())))))
        .filter(rival -> rival.comparison().candidateIsMuchBetter())
        .min(Comparator.comparingDouble(rival -> rival.comparison().candidateLossSum()));
  }

  /** One that has another threshold only is as old as the one that it was made of. */
  private static boolean isEarlier(ReleaseRecord.Kept kept, ReleaseRecord.Kept served) {
    return kept.number() < served.number() && kept.lessons() <= served.lessons();
  }

  /** Whether one could serve where the other does, as a command would ask. */
  private static boolean isAlike(ModelVersion kept, ModelVersion other) {
    return kept.backbone().equals(other.backbone())
        && ModelSettings.fits(kept.classes(), other.classes());
  }

  private static Comparison comparison(
      Stream<ComparisonExample> rounds,
      Function<ComparisonExample, Judgement> served,
      Function<ComparisonExample, Judgement> candidate) {
    return rounds.reduce(
        Comparison.NONE,
        (sum, round) -> sum.plus(served.apply(round), candidate.apply(round)),
        (one, other) -> {
          throw new AssertionError("one round after the other");
        });
  }
}
