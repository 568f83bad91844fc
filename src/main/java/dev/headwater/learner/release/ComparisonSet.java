package dev.headwater.learner.release;

import dev.headwater.head.Reservoir;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The labelled images on which the heads of one model are compared: the newest ones, as the head in
 * training answered them before it learnt them, and those held out of training.
 */
public final class ComparisonSet {
  /** Newest labelled images that heads are compared on. */
  static final int MOST_RECENT = 100;

  /** One labelled image in so many is held out of training, until there are {@link #ENOUGH}. */
  private static final int SHARE_AT_FIRST = 4;

  private static final int ENOUGH = 24;

  /** And one in so many from then on. */
  private static final int SHARE = 8;

  /** So many of a domain and class stay held out, however old. */
  private static final int FEW = 5;

  private final VersionStore store;
  private long compared;
  private Reservoir heldOut;

  /**
   * @param compared labelled images since heads are compared
   * @param heldOut index of those that are held out
   */
  public ComparisonSet(VersionStore store, long compared, Reservoir heldOut) {
    this.store = store;
    this.compared = compared;
    this.heldOut = heldOut;
  }

  /** Labelled images since heads are compared. */
  long compared() {
    return compared;
  }

  /** The index of the images held out. */
  Reservoir index() {
    return heldOut;
  }

  /** Begins anew: another head is in training, so that what this one answered tells nothing. */
  void begin() {
    compared = 0;
  }

  /** Remembers how the head in training answered for one labelled image before it learnt it. */
  public void add(ComparisonExample example) {
    store.saveRecent((int) (compared % MOST_RECENT), example);
    compared++;
  }

  /** The newest labelled images after a label. */
  Stream<ComparisonExample> recent(long number) {
    return IntStream.range(0, (int) Math.min(compared, MOST_RECENT))
        .mapToObj(store::recent)
        .filter(example -> example.number() > number);
  }

  /** Those of the newest labelled images that are not held out. */
  Stream<ComparisonExample> notHeldOut() {
    var held =
        heldOut.slots(ReleaseRecord.MOST_HELD_OUT).stream()
            .map(slot -> store.heldOut(slot).imageId())
            .collect(Collectors.toSet());
    return recent(0).filter(example -> !held.contains(example.imageId()));
  }

  /** Whether as many are held out as it takes to compare heads on them. */
  boolean holdsEnoughOut() {
    return heldOut.size() >= ENOUGH;
  }

  /** Whether a labelled image, the one of this number, should be held out of training. */
  boolean holdsOut(long number) {
    int share = heldOut.size() < ENOUGH ? SHARE_AT_FIRST : SHARE;
    return random(number).nextInt(share) == 0;
  }

  /** Follows from the number alone, so that a replay holds the same ones out. */
  private static SplittableRandom random(long number) {
    return new SplittableRandom(number * 0x9E3779B97F4A7C15L);
  }

  /** Holds a labelled image out of training; where there are too many, the oldest one goes. */
  public void holdOut(ComparisonExample example) {
    if (heldOut.size() >= ReleaseRecord.MOST_HELD_OUT) {
      move(heldOut.without(oldest()));
    }
    var placement = heldOut.offer(example.domain(), example.positive(), random(-example.number()));
    move(placement);
    store.saveHeldOut(placement.slot().orElseThrow(), example);
  }

  /** Of a domain and class that has few, none goes while another one has more. */
  private Reservoir.Slot oldest() {
    var many = heldOut.groups().stream().filter(group -> group.size() > FEW).toList();
    return (many.isEmpty() ? heldOut.groups() : many)
        .stream()
            .flatMap(group -> heldOut.slots(group.domain(), group.positive()).stream())
            .min(Comparator.comparingLong(slot -> store.heldOut(slot).number()))
            .orElseThrow();
  }

  /** Holds no image out any more. */
  void holdNoneOut() {
    heldOut.slots(ReleaseRecord.MOST_HELD_OUT).forEach(slot -> store.deleteHeldOut(slot));
    heldOut = Reservoir.ofCapacity(ReleaseRecord.MOST_HELD_OUT);
  }

  private void move(Reservoir.Placement placement) {
    placement
        .move()
        .ifPresent(
            move -> {
              store.saveHeldOut(move.to(), store.heldOut(move.from()));
              store.deleteHeldOut(move.from());
            });
    heldOut = placement.next();
  }

  /**
   * The images held out of training up to a label, and those that have been learnt before they were
   * held out.
   *
   * @param newest number of that label
   */
  Stream<ComparisonExample> heldOut(long newest) {
    return heldOut.slots(ReleaseRecord.MOST_HELD_OUT).stream()
        .map(slot -> store.heldOut(slot))
        .filter(example -> example.isLearnt() || example.number() <= newest);
  }

  /** Drops the images held out after a label, and begins to compare anew. */
  void forgetSince(long number) {
    begin();
    for (var group : heldOut.groups()) {
      var slots = heldOut.slots(group.domain(), group.positive());
      for (int i = slots.size() - 1; i >= 0; i--) {
        if (store.heldOut(slots.get(i)).number() > number) {
          move(heldOut.without(slots.get(i)));
        }
      }
    }
  }

  /**
   * Takes another label for an image; one that is held out counts as held out now.
   *
   * @param number of the label that this is
   * @return whether it is held out of training
   */
  public boolean relabel(String imageId, String domain, boolean positive, long number) {
    for (int index = 0; index < Math.min(compared, MOST_RECENT); index++) {
      var example = store.recent(index);
      if (example.imageId().equals(imageId)) {
        store.saveRecent(index, example.relabelled(positive));
      }
    }
    for (var slot : heldOut.slots(domain, !positive)) {
      var example = store.heldOut(slot);
      if (example.imageId().equals(imageId)) {
        move(heldOut.without(slot));
        holdOut(example.relabelled(positive).numbered(number));
        return true;
      }
    }
    return false;
  }
}
