package dev.headwater.stream;

import dev.headwater.event.ModelVersion;
import dev.headwater.event.PromotionPolicy;
import dev.headwater.head.DecisionRule;
import dev.headwater.head.Reservoir;
import dev.headwater.snapshot.Snapshot;
import dev.headwater.stream.Standing.Answered;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The versions of one model while it takes one input: which are kept, which one serves, and the
 * labelled images on which they are compared; {@link #save} makes it last.
 */
final class ModelVersions {
  /** Newest labelled images that heads are compared on. */
  private static final int MOST_RECENT = 100;

  /** One labelled image in so many is held out of training, until there are {@link #ENOUGH}. */
  private static final int SHARE_AT_FIRST = 4;

  private static final int ENOUGH = 24;

  /** After so many more labelled images, one that was held out is heard whatever serves. */
  private static final int SETTLED = 400;

  /** And one in so many from then on. */
  private static final int SHARE = 8;

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
  private PromotionPolicy policy;
  private String threshold;
  private long rounds;
  private Reservoir heldOut;
  private final List<ModelVersion> kept;
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
    policy = standing.policy();
    threshold = standing.threshold();
    rounds = standing.rounds();
    heldOut = standing.heldOut();
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
        policy,
        threshold,
        rounds,
        heldOut,
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

  /** Keeps a new version; of too many the oldest goes, but for those that serve or have served. */
  void keep(Snapshot snapshot, byte[] file) {
    kept.add(
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
            false));
    store.saveFile(model, snapshot.version(), file);
    dropOld();
  }

  private void dropOld() {
    long oldestByCount = kept.get(Math.max(0, kept.size() - mostKept)).version();
    for (var version : List.copyOf(kept)) {
      long number = version.version();
      if (number < oldestByCount && number != served && number != previous) {
        kept.remove(version);
        store.deleteFile(model, number);
      }
    }
  }

  /** Whether a version can be put into service. */
  boolean isKept(long version) {
    return kept.stream().anyMatch(one -> one.version() == version);
  }

  /** Returns a version that is kept. */
  ModelVersion version(long number) {
    return kept.stream().filter(one -> one.version() == number).findFirst().orElseThrow();
  }

  /** The numbers of the versions that are kept, oldest first. */
  List<Long> numbers() {
    return kept.stream().map(ModelVersion::version).toList();
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
      rounds = 0;
      regressed = 0;
    }
    return store.file(model, version);
  }

  /** Lessons taken when the version in service came into service. */
  long servedSince() {
    return servedSince;
  }

  /** Remembers how the head in training answered for one labelled image before it learnt it. */
  void compareOn(Round round) {
    store.saveRecent(model, (int) (rounds % MOST_RECENT), round);
    rounds++;
  }

  /** The newest labelled images since the version in service came into service. */
  Stream<Round> recent() {
    return IntStream.range(0, (int) Math.min(rounds, MOST_RECENT))
        .mapToObj(place -> store.recent(model, place));
  }

  /** Whether a labelled image, the one of this number, is for comparisons and not to be learnt. */
  boolean holdsOut(long number) {
    if (policy() != PromotionPolicy.GATED) {
      return false;
    }
    int share = heldOut.size() < ENOUGH ? SHARE_AT_FIRST : SHARE;
    return random(number).nextInt(share) == 0;
  }

  /** Follows from the number alone, so that a replay holds the same ones out. */
  private static SplittableRandom random(long number) {
    return new SplittableRandom(number * 0x9E3779B97F4A7C15L);
  }

  void holdOut(String domain, Round round) {
    var placement = heldOut.offer(domain, round.positive(), random(-round.number()));
    move(placement);
    placement.slot().ifPresent(slot -> store.saveHeldOut(model, slot, round));
  }

  private void move(Reservoir.Placement placement) {
    placement
        .move()
        .ifPresent(
            move -> {
              store.saveHeldOut(model, move.to(), store.heldOut(model, move.from()));
              store.deleteHeldOut(model, move.from());
            });
    heldOut = placement.next();
  }

  /**
   * The images held out of training that were taken before the version in service came into
   * service, or long ago: a stretch of wrong labels is not to decide on itself.
   *
   * @param lessons taken so far
   */
  Stream<Round> heldOut(long lessons) {
    long newest = Math.max(servedSince, lessons - SETTLED);
    return heldOut.slots(Standing.MOST_HELD_OUT).stream()
        .map(slot -> store.heldOut(model, slot))
        .filter(round -> round.number() <= newest);
  }

  /** Drops the images held out after a lesson, and begins to compare anew. */
  void forgetSince(long number) {
    rounds = 0;
    for (var group : heldOut.groups()) {
      var slots = heldOut.slots(group.domain(), group.positive());
      for (int i = slots.size() - 1; i >= 0; i--) {
        if (store.heldOut(model, slots.get(i)).number() > number) {
          move(heldOut.without(slots.get(i)));
        }
      }
    }
  }

  /**
   * Takes another label for an image.
   *
   * @return whether it is held out of training
   */
  boolean relabel(String imageId, String domain, boolean positive) {
    for (int place = 0; place < Math.min(rounds, MOST_RECENT); place++) {
      var round = store.recent(model, place);
      if (round.imageId().equals(imageId)) {
        store.saveRecent(model, place, round.relabelled(positive));
      }
    }
    for (var slot : heldOut.slots(domain, !positive)) {
      var round = store.heldOut(model, slot);
      if (round.imageId().equals(imageId)) {
        move(heldOut.without(slot));
        holdOut(domain, round.relabelled(positive));
        return true;
      }
    }
    return false;
  }

  /** Whether the version in service is known to be much worse than an earlier one. */
  boolean hasRegressed() {
    return regressed != 0 && regressed == served;
  }

  void regressed() {
    regressed = served;
  }
}
