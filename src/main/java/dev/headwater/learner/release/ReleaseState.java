package dev.headwater.learner.release;

import dev.headwater.event.PromotionPolicy;
import dev.headwater.head.DecisionRule;
import dev.headwater.learner.model.EffectiveConfig;
import dev.headwater.learner.model.RegressionReaction;
import dev.headwater.learner.release.ReleaseRecord.Answered;
import dev.headwater.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The versions of one model while it takes one input: which are kept, which one serves, and by what
 * rules; {@link #save} makes it last.
 */
public final class ReleaseState {
  /** After so many more labelled images, one that was held out is heard whatever serves. */
  private static final int SETTLED = 400;

  /** From so many lessons on, one image in four has left enough held out. */
  private static final int YOUNG = 160;

  private final String model;
  private final VersionStore store;
  private final EffectiveConfig terms;
  private final ReleaseRecord before;
  private boolean pinned;
  private boolean guarded;
  private long base;
  private PromotionPolicy policy;
  private String threshold;
  private final ComparisonSet trials;
  private final VersionHistory kept;
  private final ServingHistory inService;
  private final List<Answered> answers;

  /**
   * @param standing as it is
   * @param terms as configured
   */
  public ReleaseState(
      String model, VersionStore store, ReleaseRecord standing, EffectiveConfig terms) {
    this.model = model;
    this.store = store;
    this.terms = terms;
    before = standing;
    pinned = standing.pinned();
    guarded = standing.guarded();
    base = standing.base();
    policy = standing.policy();
    threshold = standing.threshold();
    trials = new ComparisonSet(model, store, standing.rounds(), standing.heldOut());
    kept = new VersionHistory(model, store, standing.versions(), terms.keep());
    inService = new ServingHistory(standing, kept);
    answers = new ArrayList<>(standing.answers());
  }

  /** Everything small, as it is now. */
  ReleaseRecord standing() {
    return new ReleaseRecord(
        ReleaseRecord.FORMAT,
        inService.version(),
        inService.history(),
        inService.since(),
        inService.followedSince(),
        pinned,
        guarded,
        inService.regressedAt(),
        base,
        inService.unlearnt(),
        terms,
        policy,
        threshold,
        trials.rounds(),
        trials.index(),
        kept.all(),
        List.copyOf(answers));
  }

  public void save() {
    store.save(model, standing());
  }

  /** The version in service; 0 for none. */
  long served() {
    return inService.version();
  }

  boolean isPinned() {
    return pinned;
  }

  void pin(boolean isPinned) {
    pinned = isPinned;
    inService.interrupt();
  }

  /** Whether a command or an import has set a guard. */
  boolean isUnderGuard() {
    return guarded;
  }

  /** Whether the successor of the version in service must first prove not to be worse. */
  boolean isGuarded() {
    return guarded || policy() == PromotionPolicy.GATED;
  }

  void guard(boolean isGuarded) {
    guarded = isGuarded;
    inService.interrupt();
  }

  PromotionPolicy policy() {
    return policy == null ? terms.policy() : policy;
  }

  /**
   * @param commanded null for the configured one
   */
  void setPolicy(PromotionPolicy commanded) {
    policy = commanded;
    inService.interrupt();
  }

  /** Whether it was saved last by other terms. */
  public boolean haveOtherTerms() {
    return !terms.agreesWith(before.terms());
  }

  /** The policy by which it was saved last; null of an earlier build. */
  public PromotionPolicy policyBefore() {
    return before.effectivePolicy();
  }

  /** What is configured has changed: versions no longer follow one another as they did. */
  public void otherTerms() {
    inService.interrupt();
  }

  /** What follows, beside an event, when the version in service has become much worse. */
  RegressionReaction onRegression() {
    return terms.onRegression();
  }

  /** Until when the version in service stays there, for people. */
  String untilWhen() {
    return isPinned() || policy() == PromotionPolicy.MANUAL
        ? " until a command says otherwise"
        : " until a later one proves not to be worse";
  }

  /** How the threshold is found, by command or else as configured. */
  public DecisionRule rule() {
    return DecisionRule.parse(threshold == null ? terms.threshold() : threshold);
  }

  /**
   * @param commanded null for the configured one
   */
  void setThreshold(String commanded) {
    threshold = commanded;
  }

  /** Returns how a command was answered, if it is one of the newest. */
  Optional<Answered> answer(String id) {
    return answers.stream().filter(answer -> answer.id().equals(id)).findFirst();
  }

  void answered(Answered answer) {
    answers.add(answer);
    if (answers.size() > ReleaseRecord.MOST_ANSWERS) {
      answers.remove(0);
    }
  }

  /** The version in service, and those that were. */
  ServingHistory inService() {
    return inService;
  }

  /** The versions that can be put into service. */
  VersionHistory kept() {
    return kept;
  }

  /**
   * Keeps a new version; of too many one goes, but none that serves or has served before.
   *
   * @param lessons taken when its weights were made
   * @param imported whether its weights come from elsewhere
   */
  public void keep(Snapshot snapshot, byte[] file, long lessons, boolean imported) {
    kept.add(snapshot, file, lessons, imported, inService::isNeeded);
    inService.forgetWhatIsNotKept();
  }

  /** The version that training stands on; 0 for none. */
  public long base() {
    return base;
  }

  public void standOn(long version) {
    base = version;
  }

  /** The labelled images on which heads are compared. */
  public ComparisonSet trials() {
    return trials;
  }

  /** Whether a labelled image, the one of this number, is for comparisons and not to be learnt. */
  public boolean holdsOut(long number) {
    return policy() == PromotionPolicy.GATED && trials.holdsOut(number);
  }

  /** The newest labelled images since the version in service came into service. */
  Stream<ComparisonExample> recent() {
    return trials.recent(inService.since());
  }

  /**
   * The images held out of training, under policy {@code gated}, that were taken before the version
   * in service came into service, or long ago: a stretch of wrong labels is not to decide on
   * itself.
   *
   * @param lessons taken so far
   */
  Stream<ComparisonExample> heldOut(long lessons) {
    return policy() == PromotionPolicy.GATED
        ? trials.heldOut(Math.max(inService.since(), lessons - SETTLED))
        : Stream.empty();
  }

  /**
   * Whether there must be images held out for the version in service to give way: while what was
   * learnt here is young, there are not enough of them yet.
   */
  boolean needsHeldOut() {
    return policy() == PromotionPolicy.GATED
        && kept.find(inService.version())
            .filter(version -> version.imported() || version.lessons() >= YOUNG)
            .isPresent();
  }

  /** Whether the one in service has followed another one freely, as the next one will. */
  boolean isFollowing() {
    return inService.followedSince() != 0
        && policy() == PromotionPolicy.CONTINUOUS
        && !guarded
        && !pinned;
  }

  /** The newest labelled images since versions have followed one another freely. */
  Stream<ComparisonExample> followed() {
    return trials.recent(inService.followedSince());
  }
}
