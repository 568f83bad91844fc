package dev.headwater.stream;

import dev.headwater.event.PromotionPolicy;
import dev.headwater.head.DecisionRule;
import dev.headwater.snapshot.Snapshot;
import dev.headwater.stream.Standing.Answered;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The versions of one model while it takes one input: which are kept, which one serves, and by what
 * rules; {@link #save} makes it last.
 */
final class ModelVersions {
  /** After so many more labelled images, one that was held out is heard whatever serves. */
  private static final int SETTLED = 400;

  /** From so many lessons on, one image in four has left enough held out. */
  private static final int YOUNG = 160;

  private final String model;
  private final VersionStore store;
  private final Terms terms;
  private long served;
  private long servedSince;
  private long followedSince;
  private boolean pinned;
  private boolean guarded;
  private long regressedAt;
  private long base;
  private long unlearnt;
  private PromotionPolicy policy;
  private String threshold;
  private final Trials trials;
  private final KeptVersions kept;
  private final List<Answered> answers;
  private final List<Long> history;

  /**
   * @param standing as it is
   * @param terms as configured
   */
  ModelVersions(String model, VersionStore store, Standing standing, Terms terms) {
    this.model = model;
    this.store = store;
    this.terms = terms;
    served = standing.served();
    servedSince = standing.servedSince();
    followedSince = standing.followedSince();
    pinned = standing.pinned();
    guarded = standing.guarded();
    regressedAt = standing.regressedAt();
    base = standing.base();
    unlearnt = standing.unlearnt();
    policy = standing.policy();
    threshold = standing.threshold();
    trials = new Trials(model, store, standing.rounds(), standing.heldOut());
    kept = new KeptVersions(model, store, standing.versions(), terms.keep());
    answers = new ArrayList<>(standing.answers());
    history = new ArrayList<>(standing.history());
    if (history.isEmpty() && served != 0) {
      history.add(served);
    }
  }

  /** Everything small, as it is now. */
  Standing standing() {
    return new Standing(
        Standing.FORMAT,
        served,
        List.copyOf(history),
        servedSince,
        followedSince,
        pinned,
        guarded,
        regressedAt,
        base,
        unlearnt,
        terms,
        policy,
        threshold,
        trials.rounds(),
        trials.index(),
        kept.all(),
        List.copyOf(answers));
  }

  void save() {
    store.save(model, standing());
  }

  /** The version in service; 0 for none. */
  long served() {
    return served;
  }

  /** The version that was in service before the one that is; 0 if none is kept. */
  long previous() {
    int latest = history.size() - 1;
    return latest < 1 ? 0 : history.get(latest - 1);
  }

  boolean isPinned() {
    return pinned;
  }

  void pin(boolean isPinned) {
    pinned = isPinned;
    followedSince = 0;
  }

  /** Puts a kept version into service whose weights are those of the one in service. */
  byte[] replaceServed(long version) {
    put(version);
    return kept.file(version);
  }

  private void put(long version) {
    history.remove(version);
    history.add(version);
    served = version;
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
    followedSince = 0;
  }

  PromotionPolicy policy() {
    return policy == null ? terms.policy() : policy;
  }

  /**
   * @param commanded null for the configured one
   */
  void setPolicy(PromotionPolicy commanded) {
    policy = commanded;
    followedSince = 0;
  }

  /** What is configured has changed: versions no longer follow one another as they did. */
  void otherTerms() {
    followedSince = 0;
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
  DecisionRule rule() {
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
    if (answers.size() > Standing.MOST_ANSWERS) {
      answers.remove(0);
    }
  }

  /** The versions that can be put into service. */
  KeptVersions kept() {
    return kept;
  }

  /**
   * Keeps a new version; of too many one goes, but none that serves or has served before.
   *
   * @param lessons taken when its weights were made
   * @param imported whether its weights come from elsewhere
   */
  void keep(Snapshot snapshot, byte[] file, long lessons, boolean imported) {
    long previous = previous();
    kept.add(snapshot, file, lessons, imported, number -> number == served || number == previous);
    history.removeIf(number -> !kept.has(number));
  }

  /** The version that training stands on; 0 for none. */
  long base() {
    return base;
  }

  void standOn(long version) {
    base = version;
  }

  /**
   * Puts a kept version into service, by command or because it has proved itself.
   *
   * @param lessons taken so far
   * @return its file
   */
  byte[] serve(long version, long lessons) {
    if (version != served) {
      put(version);
      servedSince = lessons;
      followedSince = 0;
      regressedAt = 0;
    }
    return kept.file(version);
  }

  /**
   * Puts an earlier version back into service: those that came into service after it are as if they
   * never had.
   *
   * @param lessons taken so far
   * @return its file
   */
  byte[] serveAgain(long version, long lessons) {
    int at = history.indexOf(version);
    if (at >= 0) {
      history.subList(at + 1, history.size()).clear();
    }
    return serve(version, lessons);
  }

  /**
   * Puts a kept version into service that policy {@code continuous} lets follow the one before.
   *
   * @param lessons taken so far
   * @return its file
   */
  byte[] follow(long version, long lessons) {
    put(version);
    servedSince = lessons;
    if (followedSince == 0) {
      followedSince = lessons;
    }
    return kept.file(version);
  }

  /** The labelled images on which heads are compared. */
  Trials trials() {
    return trials;
  }

  /** Whether a labelled image, the one of this number, is for comparisons and not to be learnt. */
  boolean holdsOut(long number) {
    return policy() == PromotionPolicy.GATED && trials.holdsOut(number);
  }

  /** The newest labelled images since the version in service came into service. */
  Stream<Round> recent() {
    return trials.recent(servedSince);
  }

  /**
   * The images held out of training, under policy {@code gated}, that were taken before the version
   * in service came into service, or long ago: a stretch of wrong labels is not to decide on
   * itself.
   *
   * @param lessons taken so far
   */
  Stream<Round> heldOut(long lessons) {
    return policy() == PromotionPolicy.GATED
        ? trials.heldOut(Math.max(servedSince, lessons - SETTLED))
        : Stream.empty();
  }

  /**
   * Whether the version in service has learnt so much that there must be images held out for it to
   * give way: while it is young, there are not enough of them yet.
   */
  boolean needsHeldOut() {
    return policy() == PromotionPolicy.GATED
        && kept.find(served).filter(version -> version.lessons() >= YOUNG).isPresent();
  }

  /** Whether what was learnt after the version in service has been forgotten for its sake. */
  boolean hasUnlearnt() {
    return unlearnt == served;
  }

  void unlearnt() {
    unlearnt = served;
  }

  /** Whether the one in service has followed another one freely, as the next one will. */
  boolean isFollowing() {
    return followedSince != 0 && policy() == PromotionPolicy.CONTINUOUS && !guarded && !pinned;
  }

  /** The newest labelled images since versions have followed one another freely. */
  Stream<Round> followed() {
    return trials.recent(followedSince);
  }

  /**
   * Whether so few labelled images ago it was told that what serves is much worse than an earlier
   * version that it is not told again.
   *
   * @param lessons taken so far
   */
  boolean hasJustRegressed(long lessons) {
    return regressedAt != 0 && lessons - regressedAt < Trials.MOST_RECENT;
  }

  /**
   * Remembers that it was told.
   *
   * @param lessons taken so far
   */
  void regressed(long lessons) {
    regressedAt = lessons;
  }
}
