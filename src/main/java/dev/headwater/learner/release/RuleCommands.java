package dev.headwater.learner.release;

import dev.headwater.event.ModelEvent.Kind;
import dev.headwater.event.PromotionPolicy;
import dev.headwater.head.DecisionRule;
import dev.headwater.head.OnlineLearner;
import dev.headwater.learner.model.LearnerOutput.NewSnapshot;
import dev.headwater.learner.model.LearnerOutput.Promoted;
import dev.headwater.learner.model.ModelCatalog;
import dev.headwater.learner.release.CommandResult.RefusedException;
import dev.headwater.snapshot.SnapshotFile;
import java.time.Instant;
import java.util.List;

/**
 * Changes by what rules a model goes on: what may follow the version in service, how it decides,
 * what training stands on.
 *
 * @param catalog the models
 * @param learner forgets what was learnt
 * @param heldOut follows the policy
 */
record RuleCommands(ModelCatalog catalog, OnlineLearner learner, HoldoutPolicy heldOut) {

  /** Takes a command back: what is configured applies. */
  private static final String CONFIGURED = "configured";

  static CommandResult pin(Model model) throws RefusedException {
    long served = model.release().served();
    if (served == 0) {
      throw new RefusedException(
          "model %s has no version in service to pin".formatted(model.name()));
    }
    model.release().pin(true);
    String message = "version %d of model %s is pinned".formatted(served, model.name());
    return new CommandResult(Kind.PINNED, served, message);
  }

  /** Under policy continuous, what was rolled back to must not give way to what is worse. */
  static CommandResult unpin(Model model) {
    var release = model.release();
    String guard = "";
    if (release.isPinned()) {
      release.pin(false);
      release.requireGate(true);
      guard = ", and the next one must prove not to be worse";
    }
    if (release.policy() == PromotionPolicy.MANUAL) {
      guard = ", so that only a command puts another one into service";
    }
    String message =
        "version %d of model %s is not pinned: policy %s decides%s"
            .formatted(release.served(), model.name(), release.policy().wireName(), guard);
    return new CommandResult(Kind.UNPINNED, release.served(), message);
  }

  CommandResult reset(Model model) {
    var release = model.release();
    learner.forget(model.memory());
    release.comparisonSet().begin();
    release.setBase(0);
    release.requireGate(true);
    String message =
        release.served() == 0
            ? "model %s begins anew".formatted(model.name())
            : "model %s begins anew; version %d stays in service%s"
                .formatted(model.name(), release.served(), release.untilWhen());
    return new CommandResult(Kind.RESET, release.served(), message);
  }

  CommandResult policy(Model model, String text) throws RefusedException {
    var release = model.release();
    var before = release.policy();
    try {
      release.setPolicy(text.equals(CONFIGURED) ? null : PromotionPolicy.parse(text));
    } catch (IllegalArgumentException e) {
      throw new RefusedException(e.getMessage() + ", or configured", e);
    }
    heldOut.followPolicy(model, before);
    String message =
        "model %s promotes by policy %s".formatted(model.name(), release.policy().wireName());
    return new CommandResult(Kind.POLICY_CHANGED, release.served(), message);
  }

  CommandResult threshold(Model model, String text, Instant time) throws RefusedException {
    boolean isConfigured = text.equals(CONFIGURED);
    var rule = isConfigured ? catalog.settings(model.name()).decision() : rule(text);
    var release = model.release();
    release.setThreshold(isConfigured ? null : text.strip());
    model.memory().decideBy(rule);
    if (!(rule instanceof DecisionRule.Fixed fixed) || !release.kept().has(release.served())) {
      String message =
          "the threshold of model %s is %s from the next version on".formatted(model.name(), text);
      return new CommandResult(Kind.THRESHOLD_CHANGED, release.served(), message);
    }
    var served = release.kept().snapshot(release.served());
    var root = release.kept().find(served.version()).orElseThrow();
    var next =
        served
            .derived(model.memory().nextVersion(), time, "threshold")
            .withThreshold(fixed.threshold());
    byte[] file = SnapshotFile.write(next);
    release.keep(next, file, root.labels(), root.imported());
    release.serving().replace(next.version());
    String message =
        "version %d of model %s is version %d with the threshold %s, and serves%s"
            .formatted(
                next.version(),
                model.name(),
                served.version(),
                fixed.threshold(),
                release.isPinned() ? ", pinned" : "");
    return new CommandResult(
        Kind.THRESHOLD_CHANGED,
        next.version(),
        message,
        List.of(new NewSnapshot(next, file), new Promoted(file)));
  }

  private static DecisionRule rule(String text) throws RefusedException {
    try {
      return DecisionRule.parse(text);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(e.getMessage() + ", or configured", e);
    }
  }
}
