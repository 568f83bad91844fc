package dev.headwater.learner.release;

import dev.headwater.event.PromotionPolicy;
import dev.headwater.head.DecisionRule;
import dev.headwater.learner.model.EffectiveConfig;
import dev.headwater.learner.model.RegressionReaction;
import dev.headwater.learner.release.ReleaseRecord.CommandReply;
import dev.headwater.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The versions of one model, live: which are kept, which one serves, and by what rules another one
 * may follow it.
 */
public final class ReleaseState {
  /** Images held out this recently may carry the wrong labels that they are to reveal. */
  private static final int QUARANTINE = 400;

  /** From so many labels on, one image in four has left enough held out. */
  private static final int YOUNG = 160;

  /** What a new version needs to come into service. */
  enum Succession {
    /** Nothing: it follows at once. */
    FREE,
    /** The gate: it must prove not to be worse than the one in service. */
    MUST_PROVE,
    /** A command. */
    BY_COMMAND
  }

  private final VersionStore store;
  private final EffectiveConfig configured;
  private EffectiveConfig adopted;
  private boolean pinned;
  private boolean gateRequired;
  private long base;
  private PromotionPolicy policy;
  private String threshold;
  private final ComparisonSet comparisonSet;
  private final VersionHistory kept;
  private final ServingHistory serving;
  private final List<CommandReply> replies;

  /**
   * @param record as it was saved, or initial
   * @param configured which may be another configuration than the record's; see {@link
   *     #adoptConfiguration}
   */
  public ReleaseState(VersionStore store, ReleaseRecord record, EffectiveConfig configured) {
    this.store = store;
    this.configured = configured;
    adopted = record.config();
    pinned = record.pinned();
    gateRequired = record.gateRequired();
    base = record.base();
    policy = record.policy();
    threshold = record.threshold();
    comparisonSet = new ComparisonSet(store, record.compared(), record.heldOut());
    kept = new VersionHistory(store, record.versions(), configured.keep());
    serving = new ServingHistory(record, kept);
    replies = new ArrayList<>(record.replies());
  }

  /** Returns everything small, as it is now. */
  public ReleaseRecord record() {
    return new ReleaseRecord(
        ReleaseRecord.FORMAT,
        serving.version(),
        serving.history(),
        serving.since(),
        serving.followedSince(),
        pinned,
        gateRequired,
        serving.regressedAt(),
        base,
        serving.rolledTrainingBackTo(),
        adopted,
        policy,
        threshold,
        comparisonSet.compared(),
        comparisonSet.index(),
        kept.all(),
        List.copyOf(replies));
  }

  void save() {
    store.save(record());
  }

  /** Whether it has taken its inputs by another configuration than the one there is now. */
  public boolean hasOtherConfiguration() {
    return !adopted.equals(configured);
  }

  /**
   * Goes on by the configuration there is now: versions no longer follow one another as they did.
   *
   * @return the policy that decided until now
   */
  public PromotionPolicy adoptConfiguration() {
    var before = policy();
    adopted = configured;
    serving.interrupt();
    return before;
  }

  /** The version in service; 0 for none. */
  long served() {
    return serving.version();
  }

  /** What a new version needs to come into service. */
  Succession succession() {
    if (pinned || policy() == PromotionPolicy.MANUAL) {
      return Succession.BY_COMMAND;
    }
    return gateRequired || policy() == PromotionPolicy.GATED
        ? Succession.MUST_PROVE
        : Succession.FREE;
  }

  boolean isPinned() {
    return pinned;
  }

  void pin(boolean isPinned) {
    pinned = isPinned;
    serving.interrupt();
  }

  /** Whether a command, an import or a rollback demands that the next version prove itself. */
  boolean requiresGate() {
    return gateRequired;
  }

  void requireGate(boolean isRequired) {
    gateRequired = isRequired;
    serving.interrupt();
  }

  /** The policy by which versions follow one another: by command, or else as configured. */
  public PromotionPolicy policy() {
    return policy == null ? adopted.policy() : policy;
  }

  /**
   * @param commanded null for the configured one
   */
  void setPolicy(PromotionPolicy commanded) {
    policy = commanded;
    serving.interrupt();
  }

  /** What follows, beside an event, when the version in service has become much worse. */
  RegressionReaction onRegression() {
    return configured.onRegression();
  }

  /** Until when the version in service stays there, for people. */
  String untilWhen() {
    return succession() == Succession.BY_COMMAND
        ? " until a command says otherwise"
        : " until a later one proves not to be worse";
  }

  /** How the threshold is found: by command, or else as configured. */
  public DecisionRule rule() {
    return DecisionRule.parse(threshold == null ? configured.threshold() : threshold);
  }

  /**
   * @param commanded null for the configured one
   */
  void setThreshold(String commanded) {
    threshold = commanded;
  }

  /** Returns the reply to a command, if it is one of the newest. */
  Optional<CommandReply> reply(String id) {
    return replies.stream().filter(reply -> reply.id().equals(id)).findFirst();
  }

  void replied(CommandReply reply) {
    replies.add(reply);
    if (replies.size() > ReleaseRecord.MOST_REPLIES) {
      replies.remove(0);
    }
  }

  /** The version in service, and those that were. */
  ServingHistory serving() {
    return serving;
  }

  /** The versions that can be put into service. */
  VersionHistory kept() {
    return kept;
  }

  /**
   * Keeps a new version; of too many one goes, but none that serves or has served before.
   *
   * @param labels taken when its weights were made
   * @param imported whether its weights come from elsewhere
   */
  public void keep(Snapshot snapshot, byte[] file, long labels, boolean imported) {
    kept.add(snapshot, file, labels, imported, serving::isNeeded);
    serving.forgetWhatIsNotKept();
  }

  /** The version that training goes on from; 0 for none. */
  public long base() {
    return base;
  }

  public void setBase(long version) {
    base = version;
  }

  /** The labelled images on which heads are compared. */
  public ComparisonSet comparisonSet() {
    return comparisonSet;
  }

  /** Whether a labelled image, the one of this number, is for comparisons and not to be learnt. */
  public boolean holdsOut(long number) {
    return policy() == PromotionPolicy.GATED && comparisonSet.holdsOut(number);
  }

  /** The newest labelled images since the version in service came into service. */
  Stream<ComparisonExample> recent() {
    return comparisonSet.recent(serving.since());
  }

  /**
   * The images held out of training, under policy {@code gated}, that were taken before the version
   * in service came into service, or before the newest {@link #QUARANTINE} labels: a stretch of
   * wrong labels must not decide on itself.
   *
   * @param labels taken so far
   */
  Stream<ComparisonExample> heldOut(long labels) {
    return policy() == PromotionPolicy.GATED
        ? comparisonSet.heldOut(Math.max(serving.since(), labels - QUARANTINE))
        : Stream.empty();
  }

  /**
   * Whether the gate needs held-out images: while what was learnt here is young, there are not
   * enough of them yet.
   */
  boolean needsHeldOut() {
    return policy() == PromotionPolicy.GATED
        && kept.find(serving.version())
            .filter(version -> version.imported() || version.labels() >= YOUNG)
            .isPresent();
  }

  /** Whether the one in service has followed another one freely, as the next one will. */
  boolean isFollowing() {
    return serving.followedSince() != 0 && succession() == Succession.FREE;
  }

  /** The newest labelled images since versions have followed one another freely. */
  Stream<ComparisonExample> followed() {
    return comparisonSet.recent(serving.followedSince());
  }
}
