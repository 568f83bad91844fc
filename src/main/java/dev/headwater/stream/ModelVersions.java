package dev.headwater.stream;

import dev.headwater.event.ModelVersion;
import dev.headwater.event.PromotionPolicy;
import dev.headwater.head.DecisionRule;
import dev.headwater.snapshot.Snapshot;
import dev.headwater.stream.Standing.Answered;
import dev.headwater.stream.Standing.Kept;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The versions of one model while it takes one input: which are kept, which one serves, and by what
 * rules; {@link #save} makes it last.
 */
final class ModelVersions {
  /** Lessons from one version to the next where labels come quickly. */
  private static final int SPACING = 64;

  /** After so many more labelled images, one that was held out is heard whatever serves. */
  private static final int SETTLED = 400;

  private final String model;
  private final VersionStore store;
  private final PromotionPolicy configuredPolicy;
  private final int mostKept;
  private long served;
  private long previous;
  private long servedSince;
  private boolean pinned;
  private boolean guarded;
  private long regressed;
  private long base;
  private PromotionPolicy policy;
  private String threshold;
  private final Trials trials;
  private final List<Kept> kept;
  private final List<Answered> answers;

  /**
   * @param standing as it is
   * @param configuredPolicy unless a command said otherwise
   * @param mostKept newest versions that are kept
   */
  ModelVersions(
      String model,
      VersionStore store,
      Standing standing,
      PromotionPolicy configuredPolicy,
      int mostKept) {
    this.model = model;
    this.store = store;
    this.configuredPolicy = configuredPolicy;
    this.mostKept = mostKept;
    served = standing.served();
    previous = standing.previous();
    servedSince = standing.servedSince();
    pinned = standing.pinned();
    guarded = standing.guarded();
    regressed = standing.regressed();
    base = standing.base();
    policy = standing.policy();
    threshold = standing.threshold();
    trials = new Trials(model, store, standing.rounds(), standing.heldOut());
    kept = new ArrayList<>(standing.versions());
    answers = new ArrayList<>(standing.answers());
  }

  /** Everything small, as it is now. */
  Standing standing() {
    return new Standing(
        Standing.FORMAT,
        served,
        previous,
        servedSince,
        pinned,
        guarded,
        regressed,
        base,
        configuredPolicy,
        policy,
        threshold,
        trials.rounds(),
        trials.index(),
        List.copyOf(kept),
        List.copyOf(answers));
  }

  void save() {
    store.save(model, standing());
  }

  /** The version in service; 0 for none. */
  long served() {
    return served;
  }

  /** The version in service before; 0 for none. */
  long previous() {
    return previous;
  }

  boolean isPinned() {
    return pinned;
  }

  void pin(boolean isPinned) {
    pinned = isPinned;
  }

  /** Puts a kept version into service whose weights are those of the one in service. */
  byte[] replaceServed(long version) {
    previous = served;
    served = version;
    return store.file(model, version);
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
  }

  PromotionPolicy policy() {
    return policy == null ? configuredPolicy : policy;
  }

  /**
   * @param commanded null for the configured one
   */
  void setPolicy(PromotionPolicy commanded) {
    policy = commanded;
  }

  /** Returns how the threshold is found, by command or else as configured. */
  static DecisionRule rule(Standing standing, DecisionRule configured) {
    return standing.threshold() == null ? configured : DecisionRule.parse(standing.threshold());
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

  /**
   * Keeps a new version; of too many one goes, but none that serves or has served before.
   *
   * @param lessons taken when its weights were made
   * @param imported whether its weights come from elsewhere
   */
  void keep(Snapshot snapshot, byte[] file, long lessons, boolean imported) {
    var version =
        new ModelVersion(
            snapshot.version(),
            snapshot.parent(),
            snapshot.createdAt(),
            snapshot.createdBy(),
            snapshot.examples(),
            snapshot.accuracy(),
            snapshot.windowAccuracy(),
            snapshot.backbone(),
            snapshot.classes(),
            snapshot.threshold(),
            false);
    kept.add(new Kept(version, lessons, imported));
    store.saveFile(model, snapshot.version(), file);
    for (int at = surplus(); at >= 0; at = surplus()) {
      store.deleteFile(model, kept.remove(at).number());
    }
  }

  /**
   * Returns where the version is that can be spared; -1 if there are not too many. One that was
   * made soon after the one before goes first, so that slow labels, of which each makes a version,
   * leave some to go back to; else the oldest.
   */
  private int surplus() {
    if (kept.size() <= mostKept) {
      return -1;
    }
    int oldest = -1;
    for (int at = 0; at < kept.size() - 1; at++) {
      if (isSpare(at)) {
        oldest = oldest < 0 ? at : oldest;
        if (at > 0 && kept.get(at).lessons() - kept.get(at - 1).lessons() < SPACING) {
          return at;
        }
      }
    }
    return oldest;
  }

  private boolean isSpare(int at) {
    long number = kept.get(at).number();
    return number != served && number != previous;
  }

  /** Whether a version can be put into service. */
  boolean isKept(long version) {
    return kept(version).isPresent();
  }

  /** Returns a version, if it is kept. */
  Optional<Kept> kept(long version) {
    return kept.stream().filter(one -> one.number() == version).findFirst();
  }

  /** The versions that are kept, oldest first. */
  List<Kept> all() {
    return List.copyOf(kept);
  }

  /** The numbers of the versions that are kept, oldest first. */
  List<Long> numbers() {
    return kept.stream().map(Kept::number).toList();
  }

  /** The version that training stands on; 0 for none. */
  long base() {
    return base;
  }

  void standOn(long version) {
    base = version;
  }

  Snapshot snapshot(long version) {
    return store.snapshot(model, version);
  }

  /**
   * Puts a kept version into service.
   *
   * @param lessons taken so far
   * @return its file
   */
  byte[] serve(long version, long lessons) {
    if (version != served) {
      previous = served;
      served = version;
      servedSince = lessons;
      trials.begin();
      regressed = 0;
    }
    return store.file(model, version);
  }

  /** Lessons taken when the version in service came into service. */
  long servedSince() {
    return servedSince;
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
   * The images held out of training that were taken before the version in service came into
   * service, or long ago: a stretch of wrong labels is not to decide on itself.
   *
   * @param lessons taken so far
   */
  Stream<Round> heldOut(long lessons) {
    return trials.heldOut(Math.max(servedSince, lessons - SETTLED));
  }

  /** Whether the version in service is known to be much worse than an earlier one. */
  boolean hasRegressed() {
    return regressed != 0 && regressed == served;
  }

  void regressed() {
    regressed = served;
  }
}
