package dev.headwater.learner.release;

import dev.headwater.event.ModelEvent.Kind;
import dev.headwater.event.PromotionPolicy;
import dev.headwater.head.DecisionRule;
import dev.headwater.head.OnlineLearner;
import dev.headwater.learner.model.LearnerOutput.NewSnapshot;
import dev.headwater.learner.model.LearnerOutput.Promoted;
import dev.headwater.learner.model.ModelCatalog;
import dev.headwater.learner.model.ModelMemory;
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

  static CommandResult pin(ModelMemory memory) throws RefusedException {
    long served = memory.versions().served();
    if (served == 0) {
      throw new RefusedException(
          "model %s has no version in service to pin".formatted(memory.model()));
    }
    memory.versions().pin(true);
    String message = "version %d of model %s is pinned".formatted(served, memory.model());
    return new CommandResult(Kind.PINNED, served, message);
  }

  /** Under policy continuous, what was rolled back to must not give way to what is worse. */
  static CommandResult unpin(ModelMemory memory) {
    var versions = memory.versions();
    String guard = "";
    if (versions.isPinned()) {
      versions.pin(false);
      versions.guard(true);
      guard = ", and the next one must prove not to be worse";
    }
    if (versions.policy() == PromotionPolicy.MANUAL) {
      guard = ", so that only a command puts another one into service";
    }
    String message =
        "version %d of model %s is not pinned: policy %s decides%s"
            .formatted(versions.served(), memory.model(), versions.policy().wireName(), guard);
    return new CommandResult(Kind.UNPINNED, versions.served(), message);
  }

  CommandResult reset(ModelMemory memory) {
    var versions = memory.versions();
    learner.forget(memory);
    versions.trials().begin();
    versions.standOn(0);
    versions.guard(true);
    String message =
        versions.served() == 0
            ? "model %s begins anew".formatted(memory.model())
            : "model %s begins anew; version %d stays in service%s"
                .formatted(memory.model(), versions.served(), versions.untilWhen());
    return new CommandResult(Kind.RESET, versions.served(), message);
  }

  CommandResult policy(ModelMemory memory, String text) throws RefusedException {
    var versions = memory.versions();
    var before = versions.policy();
    try {
      versions.setPolicy(text.equals(CONFIGURED) ? null : PromotionPolicy.parse(text));
    } catch (IllegalArgumentException e) {
      throw new RefusedException(e.getMessage() + ", or configured", e);
    }
    heldOut.followPolicy(memory, before);
    String message =
        "model %s promotes by policy %s".formatted(memory.model(), versions.policy().wireName());
    return new CommandResult(Kind.POLICY_CHANGED, versions.served(), message);
  }

  CommandResult threshold(ModelMemory memory, String text, Instant time) throws RefusedException {
    boolean isConfigured = text.equals(CONFIGURED);
    var rule = isConfigured ? catalog.settings(memory.model()).decision() : rule(text);
    var versions = memory.versions();
    versions.setThreshold(isConfigured ? null : text.strip());
    memory.decideBy(rule);
    if (!(rule instanceof DecisionRule.Fixed fixed) || !versions.kept().has(versions.served())) {
      String message =
          "the threshold of model %s is %s from the next version on"
              .formatted(memory.model(), text);
      return new CommandResult(Kind.THRESHOLD_CHANGED, versions.served(), message);
    }
    var served = versions.kept().snapshot(versions.served());
    var root = versions.kept().find(served.version()).orElseThrow();
    var next =
        served.derived(memory.nextVersion(), time, "threshold").withThreshold(fixed.threshold());
    byte[] file = SnapshotFile.write(next);
    versions.keep(next, file, root.lessons(), root.imported());
    versions.inService().replace(next.version());
    String message =
        "version %d of model %s is version %d with the threshold %s, and serves%s"
            .formatted(
                next.version(),
                memory.model(),
                served.version(),
                fixed.threshold(),
                versions.isPinned() ? ", pinned" : "");
    return new CommandResult(
        Kind.THRESHOLD_CHANGED,
        next.version(),
        message,
        List.of(new NewSnapshot(next), new Promoted(file)));
  }

  private static DecisionRule rule(String text) throws RefusedException {
    try {
      return DecisionRule.parse(text);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(e.getMessage() + ", or configured", e);
    }
  }
}
