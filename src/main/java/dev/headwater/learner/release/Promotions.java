package dev.headwater.learner.release;

import dev.headwater.evaluation.Comparison;
import dev.headwater.evaluation.Gate;
import dev.headwater.event.ModelEvent.Kind;
import dev.headwater.event.PromotionPolicy;
import dev.headwater.head.OnlineLearner;
import dev.headwater.learner.model.LearnerOutput;
import dev.headwater.learner.model.LearnerOutput.NewEvent;
import dev.headwater.learner.model.LearnerOutput.Promoted;
import dev.headwater.learner.model.RegressionReaction;
import dev.headwater.learner.release.RegressionWatch.Regression;
import dev.headwater.learner.release.ReleaseState.Succession;
import dev.headwater.snapshot.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides what serves once a new version was made: by the model's policy, by the gate, and by
 * whether the version in service has become much worse than an earlier one.
 *
 * @param gate decides where a new version must prove itself
 * @param watch finds that the version in service has become much worse
 * @param learner forgets what has made the head in training much worse
 */
public record Promotions(Gate gate, RegressionWatch watch, OnlineLearner learner) {

  public Promotions(Gate gate, OnlineLearner learner) {
    this(gate, new RegressionWatch(gate.least()), learner);
  }

  /**
   * Returns what follows from a new version, which is kept already.
   *
   * @param time of the input that made it
   */
  public List<LearnerOutput> decide(Model model, Snapshot candidate, Instant time) {
    var release = model.release();
    var events = ReleaseEvents.at(model, time);
    if (!release.kept().has(release.served())) {
      return release.succession() == Succession.BY_COMMAND
          ? List.of()
          : promote(model, events, candidate, "the first one");
    }
    var outputs = new ArrayList<LearnerOutput>();
    var regression = watch.look(release, model.memory().labels());
    if (regression.isPresent()) {
      outputs.add(report(model, events, regression.get()));
      if (rollsBackByItself(release)) {
        outputs.addAll(rollBack(model, events, regression.get().version()));
        return outputs;
      }
    }
    outputs.addAll(
        switch (release.succession()) {
          case FREE -> promote(model, events, candidate, "policy continuous");
          case MUST_PROVE -> prove(model, events, candidate);
          case BY_COMMAND -> List.of();
        });
    return outputs;
  }

  private static List<LearnerOutput> promote(
      Model model, ReleaseEvents events, Snapshot candidate, String why) {
    var release = model.release();
    long labels = model.memory().labels();
    byte[] file =
        release.kept().has(release.served())
            ? release.serving().follow(candidate.version(), labels)
            : release.serving().serve(candidate.version(), labels);
    String message =
        "version %d of model %s came into service: %s"
            .formatted(candidate.version(), model.name(), why);
    return List.of(
        new Promoted(file), new NewEvent(events.of(Kind.PROMOTED, candidate.version(), message)));
  }

  private List<LearnerOutput> prove(Model model, ReleaseEvents events, Snapshot candidate) {
    var release = model.release();
    long labels = model.memory().labels();
    var served = release.kept().snapshot(release.served());
    var heads = new HeadComparison(release);
    var recent = HeadComparison.compare(release.recent(), heads.of(served), heads.inTraining());
    var heldOut =
        HeadComparison.compare(
            release.heldOut(labels), heads.untaught(served), heads.of(candidate));
    var verdict = gate.judge(recent, heldOut, release.needsHeldOut());
    String head = "version %d of model %s ".formatted(candidate.version(), model.name());
    if (!verdict.passes()) {
      String message = head + "is held: " + verdict.reason();
      var held =
          new NewEvent(events.compared(Kind.HELD, candidate.version(), message, recent, heldOut));
      return isSpoilt(release, served, recent)
          ? List.of(held, rollTrainingBack(model, events, served))
          : List.of(held);
    }
    release.requireGate(false);
    byte[] file = release.serving().serve(candidate.version(), labels);
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
  private static boolean isSpoilt(ReleaseState release, Snapshot served, Comparison recent) {
    return release.policy() == PromotionPolicy.GATED
        && !release.requiresGate()
        && !release.serving().hasRolledTrainingBack()
        && release.kept().find(served.version()).filter(kept -> !kept.imported()).isPresent()
        && recent.servedIsMuchBetter();
  }

  private NewEvent rollTrainingBack(Model model, ReleaseEvents events, Snapshot served) {
    var release = model.release();
    long since = release.kept().find(served.version()).orElseThrow().labels();
    learner.forgetSince(model.memory(), since);
    release.comparisonSet().forgetSince(since);
    release.setBase(served.version());
    release.serving().setTrainingRolledBack();
    String message =
        "the head of model %s in training had become much worse than version %d: what was learnt after example %d is forgotten"
            .formatted(model.name(), served.version(), since);
    return new NewEvent(events.of(Kind.UNLEARNED, served.version(), message));
  }

  private static NewEvent report(Model model, ReleaseEvents events, Regression regression) {
    var release = model.release();
    var comparison = regression.comparison();
    release.serving().regressed(model.memory().labels());
    String message =
        "version %d of model %s in service is much worse than version %d: accuracy %.3f against %.3f on the newest %d examples"
            .formatted(
                release.served(),
                model.name(),
                regression.version(),
                comparison.servedAccuracy(),
                comparison.candidateAccuracy(),
                comparison.examples());
    return new NewEvent(
        events.compared(
            Kind.REGRESSED, regression.version(), message, comparison, Comparison.NONE));
  }

  private static boolean rollsBackByItself(ReleaseState release) {
    return release.onRegression() != RegressionReaction.REPORT
        && release.succession() != Succession.BY_COMMAND;
  }

  private static List<LearnerOutput> rollBack(Model model, ReleaseEvents events, long earlier) {
    var release = model.release();
    byte[] file = release.serving().serveAgain(earlier, model.memory().labels());
    release.requireGate(true);
    String message =
        "version %d of model %s is back in service by itself; a later one must prove not to be worse"
            .formatted(earlier, model.name());
    return List.of(new Promoted(file), new NewEvent(events.of(Kind.ROLLED_BACK, earlier, message)));
  }
}
