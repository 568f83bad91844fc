package dev.headwater.head;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * The index of a bounded sample of past examples, kept by domain and class so that neither a rare
 * class nor an old domain is crowded out.
 *
 * <p>Each group is a uniform sample of what it has seen (Vitter 1985, algorithm R), but for
 * corrections, which take an example out and put one in. While there is room every example is kept;
 * once full, groups share the capacity evenly. The examples themselves lie in numbered slots that
 * whoever holds this index keeps: slots 0 to {@code size - 1} of each group.
 *
 * @param capacity most examples kept, over all groups
 * @param groups one for each domain and class seen, in order of first appearance
 */
public record Reservoir(int capacity, List<Group> groups) {

  /**
   * The examples of one domain and class.
   *
   * @param seen examples offered so far
   * @param size examples kept now
   */
  public record Group(String domain, boolean positive, long seen, int size) {
    Group withSize(int newSize) {
      return new Group(domain, positive, seen, newSize);
    }

    boolean holds(String otherDomain, boolean otherPositive) {
      return positive == otherPositive && domain.equals(otherDomain);
    }
  }

  /** The place of one kept example. */
  public record Slot(String domain, boolean positive, int index) {}

  /** The example in {@code from} goes to {@code to}; nothing is left in {@code from}. */
  public record Move(Slot from, Slot to) {}

  /**
   * What an offer comes to: carry out {@code move}, then write the example to {@code slot}.
   *
   * @param next the index afterwards
   * @param move closes a gap in a group that gave up a slot
   * @param slot where the example goes; empty if it is not kept
   */
  public record Placement(Reservoir next, Optional<Move> move, Optional<Slot> slot) {}

  /** Checks the capacity and copies the list. */
  public Reservoir {
    if (capacity < 2) {
      throw new IllegalArgumentException(
          "reservoir capacity is %d, expected at least 2".formatted(capacity));
    }
    groups = List.copyOf(groups);
  }

  /** Returns an empty one. */
  public static Reservoir ofCapacity(int capacity) {
    return new Reservoir(capacity, List.of());
  }

  /** Number of examples kept. */
  public int size() {
    return groups.stream().mapToInt(Group::size).sum();
  }

  /** Decides where an example of this domain and class goes. */
  public Placement offer(String domain, boolean positive, SplittableRandom random) {
    var next = new ArrayList<>(groups);
    int at = indexOf(next, domain, positive);
    var old = next.get(at);
    var group = new Group(domain, positive, old.seen() + 1, old.size());
    next.set(at, group);
    int quota = Math.max(1, capacity / next.size());
    if (size() < capacity) {
      return grow(next, at, Optional.empty());
    }
    var largest = next.stream().max(Comparator.comparingInt(Group::size)).orElseThrow();
    if (group.size() < quota && largest.size() > group.size()) {
      int from = next.indexOf(largest);
      next.set(from, largest.withSize(largest.size() - 1));
      return grow(next, at, Optional.of(closeGap(largest, random.nextInt(largest.size()))));
    }
    long place = random.nextLong(group.seen());
    Optional<Slot> slot =
        place < group.size()
            ? Optional.of(new Slot(domain, positive, (int) place))
            : Optional.empty();
    return new Placement(new Reservoir(capacity, next), Optional.empty(), slot);
  }

  private static int indexOf(List<Group> groups, String domain, boolean positive) {
    for (int i = 0; i < groups.size(); i++) {
      if (groups.get(i).holds(domain, positive)) {
        return i;
      }
    }
    groups.add(new Group(domain, positive, 0, 0));
    return groups.size() - 1;
  }

  private Placement grow(List<Group> next, int at, Optional<Move> move) {
    var group = next.get(at);
    next.set(at, group.withSize(group.size() + 1));
    return new Placement(
        new Reservoir(capacity, next),
        move,
        Optional.of(new Slot(group.domain(), group.positive(), group.size())));
  }

  private static Move closeGap(Group group, int gap) {
    return new Move(
        new Slot(group.domain(), group.positive(), group.size() - 1),
        new Slot(group.domain(), group.positive(), gap));
  }

  /** Gives up the example in a slot; the placement's move closes the gap. */
  public Placement without(Slot slot) {
    var next = new ArrayList<>(groups);
    int at = indexOf(next, slot.domain(), slot.positive());
    var group = next.get(at);
    if (slot.index() < 0 || slot.index() >= group.size()) {
      throw new IllegalArgumentException(
          "%s is not kept, expected an index below %d".formatted(slot, group.size()));
    }
    next.set(at, group.withSize(group.size() - 1));
    return new Placement(
        new Reservoir(capacity, next),
        Optional.of(closeGap(group, slot.index())),
        Optional.empty());
  }

  /** Returns the slots of one domain and class. */
  public List<Slot> slots(String domain, boolean positive) {
    int size =
        groups.stream().filter(group -> group.holds(domain, positive)).mapToInt(Group::size).sum();
    return IntStream.range(0, size).mapToObj(i -> new Slot(domain, positive, i)).toList();
  }

  /** Returns all slots, group by group; or if there are more, so many, evenly spread. */
  public List<Slot> slots(int most) {
    int size = size();
    int count = Math.min(size, most);
    var slots = new ArrayList<Slot>(count);
    int before = 0;
    for (Group group : groups) {
      while (slots.size() < count) {
        long place = (long) slots.size() * size / count;
        if (place >= before + group.size()) {
          break;
        }
        slots.add(new Slot(group.domain(), group.positive(), (int) place - before));
      }
      before += group.size();
    }
    return slots;
  }

  /**
   * Draws slots with replacement, half from each class where both are known; within a class each
   * counts what its domain does.
   *
   * @param weights what an example of a domain counts, at least 1
   * @return {@code count} slots, or none if nothing is kept
   */
  public List<Slot> sample(int count, ToIntFunction<String> weights, SplittableRandom random) {
    var slots = new ArrayList<Slot>(count);
    boolean positive = random.nextBoolean();
    for (int i = 0; i < count && size() > 0; i++) {
      slots.add(draw(hasAny(positive) ? positive : !positive, weights, random));
      positive = !positive;
    }
    return slots;
  }

  private boolean hasAny(boolean positive) {
    return groups.stream().anyMatch(g -> g.positive() == positive && g.size() > 0);
  }

  private Slot draw(boolean positive, ToIntFunction<String> weights, SplittableRandom random) {
    var candidates = groups.stream().filter(g -> g.positive() == positive).toList();
    int whole = candidates.stream().mapToInt(g -> g.size() * weights.applyAsInt(g.domain())).sum();
    int place = random.nextInt(whole);
    for (Group group : candidates) {
      int weight = weights.applyAsInt(group.domain());
      if (place < group.size() * weight) {
        return new Slot(group.domain(), positive, place / weight);
      }
      place -= group.size() * weight;
    }
    throw new AssertionError("place beyond the sizes that bound it");
  }
}
