package dev.headwater.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReservoirTest {
  private static final ToIntFunction<String> ALIKE = domain -> 1;

  /** A reservoir and what lies in its slots: the number of each example offered. */
  private static final class Kept {
    private final SplittableRandom random;
    private final Map<Reservoir.Slot, Integer> slots = new HashMap<>();
    private Reservoir reservoir;

    Kept(int capacity, long seed) {
      reservoir = Reservoir.ofCapacity(capacity);
      random = new SplittableRandom(seed);
    }

    void offer(int number, String domain, boolean positive) {
      var placement = reservoir.offer(domain, positive, random);
      placement
          .move()
          .ifPresent(
              move -> {
                slots.put(move.to(), slots.get(move.from()));
                slots.remove(move.from());
              });
      placement.slot().ifPresent(slot -> slots.put(slot, number));
      reservoir = placement.next();
    }

    void assertDense() {
      var expected = new HashSet<Reservoir.Slot>();
      for (var group : reservoir.groups()) {
        for (int i = 0; i < group.size(); i++) {
          expected.add(new Reservoir.Slot(group.domain(), group.positive(), i));
        }
      }
      assertThat(slots.keySet()).isEqualTo(expected);
      assertThat(slots.values()).doesNotHaveDuplicates().doesNotContainNull();
      assertThat(reservoir.size()).isLessThanOrEqualTo(reservoir.capacity());
    }

    List<Integer> sizes() {
      return reservoir.groups().stream().map(Reservoir.Group::size).toList();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7, 50, 200})
  void shouldNeverKeepMoreThanItsCapacityAndKeepSlotsDense(int capacity) {
    for (long seed = 1; seed <= 5; seed++) {
      var kept = new Kept(capacity, seed);
      var random = new SplittableRandom(seed);
      for (int n = 0; n < 2_000; n++) {
        int domain = random.nextInt(1 + random.nextInt(1, 12));
        kept.offer(n, "domain-" + domain, random.nextInt(10) < 3);
        if (n % 50 == 0 || n < 100) {
          kept.assertDense();
        }
      }
      assertThat(kept.reservoir.size()).as("seed %d", seed).isEqualTo(capacity);
    }
  }

  @Test
  void shouldKeepEverythingWhileThereIsRoom() {
    var kept = new Kept(100, 1);
    for (int n = 0; n < 100; n++) {
      kept.offer(n, n < 90 ? "a" : "b", true);
    }
    assertThat(kept.slots.values()).hasSize(100);
    assertThat(kept.sizes()).containsExactly(90, 10);
  }

  @Test
  void shouldEvenOutQuotasAsDomainsAppear() {
    var kept = new Kept(120, 1);
    for (int n = 0; n < 1_200; n++) {
      kept.offer(n, "domain-" + n / 200, n % 2 == 0);
    }
    assertThat(kept.sizes()).hasSize(12).allMatch(size -> size == 10);
  }

  @Test
  void shouldNotLetAFrequentClassCrowdARareOneOut() {
    var kept = new Kept(100, 1);
    for (int n = 0; n < 5_000; n++) {
      kept.offer(n, "a", n % 50 == 0);
    }
    assertThat(kept.reservoir.groups())
        .extracting(Reservoir.Group::positive, Reservoir.Group::seen, Reservoir.Group::size)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(true, 100L, 50),
            org.assertj.core.groups.Tuple.tuple(false, 4_900L, 50));
  }

  @Test
  void shouldKeepASampleThatIsUniformOverWhatAGroupHasSeen() {
    int runs = 400;
    var chosen = new int[10];
    for (int run = 0; run < runs; run++) {
      var kept = new Kept(20, run);
      for (int n = 0; n < 1_000; n++) {
        kept.offer(n, "a", true);
      }
      kept.slots.values().forEach(n -> chosen[n / 100]++);
    }
    for (int count : chosen) {
      // Of 8 000 draws 800 fall into each tenth; the standard deviation is 27.
      assertThat(count).isCloseTo(800, within(135));
    }
  }

  @Test
  void shouldStayUniformWhenAGroupHadToMakeRoom() {
    int runs = 400;
    var chosen = new int[4];
    for (int run = 0; run < runs; run++) {
      var kept = new Kept(40, run);
      for (int n = 0; n < 400; n++) {
        kept.offer(n, "a", true);
        if (n >= 200) {
          kept.offer(1_000 + n, "b", true);
        }
      }
      kept.slots.forEach(
          (slot, n) -> {
            if (slot.domain().equals("a")) {
              chosen[n / 100]++;
            }
          });
    }
    for (int count : chosen) {
      assertThat(count).isCloseTo(2_000, within(190));
    }
  }

  @Test
  void shouldSampleBothClassesEquallyHoweverManyAreKeptOfEach() {
    var kept = new Kept(1_000, 1);
    for (int n = 0; n < 1_000; n++) {
      kept.offer(n, n % 3 == 0 ? "a" : "b", n % 20 == 0);
    }
    var random = new SplittableRandom(5);
    for (int n = 0; n < 50; n++) {
      var slots = kept.reservoir.sample(8, ALIKE, random);
      assertThat(slots).hasSize(8);
      assertThat(slots).filteredOn(Reservoir.Slot::positive).hasSize(4);
      assertThat(kept.slots.keySet()).containsAll(slots);
    }
  }

  @Test
  void shouldSampleEachSlotOfAClassAlike() {
    var kept = new Kept(10, 1);
    for (int n = 0; n < 10; n++) {
      kept.offer(n, n < 3 ? "a" : "b", true);
    }
    var counts = new HashMap<Reservoir.Slot, Integer>();
    kept.reservoir
        .sample(10_000, ALIKE, new SplittableRandom(2))
        .forEach(slot -> counts.merge(slot, 1, Integer::sum));
    assertThat(counts).hasSize(10);
    assertThat(counts.values()).allSatisfy(n -> assertThat(n).isCloseTo(1_000, within(150)));
  }

  @Test
  void shouldListAllSlotsOrSoManyEvenlySpread() {
    var kept = new Kept(100, 1);
    for (int n = 0; n < 100; n++) {
      kept.offer(n, n % 4 == 0 ? "few" : "many", n % 2 == 0);
    }
    assertThat(kept.reservoir.slots(500))
        .hasSize(100)
        .doesNotHaveDuplicates()
        .allMatch(kept.slots::containsKey);
    var spread = kept.reservoir.slots(20);
    assertThat(spread).hasSize(20).doesNotHaveDuplicates().allMatch(kept.slots::containsKey);
    assertThat(spread).filteredOn(slot -> slot.domain().equals("few")).hasSize(5);
    assertThat(Reservoir.ofCapacity(10).slots(20)).isEmpty();
  }

  @Test
  void shouldSampleADomainAsOftenAsItCounts() {
    var kept = new Kept(100, 1);
    for (int n = 0; n < 100; n++) {
      kept.offer(n, n % 2 == 0 ? "old" : "new", n % 4 < 2);
    }
    long fresh =
        kept
            .reservoir
            .sample(9_000, domain -> domain.equals("new") ? 2 : 1, new SplittableRandom(4))
            .stream()
            .filter(slot -> slot.domain().equals("new"))
            .count();
    assertThat(fresh).isCloseTo(6_000L, within(200L));
  }

  @Test
  void shouldSampleWhatThereIsWhereAClassIsMissing() {
    assertThat(Reservoir.ofCapacity(10).sample(8, ALIKE, new SplittableRandom(1))).isEmpty();
    var kept = new Kept(10, 1);
    kept.offer(1, "a", false);
    assertThat(kept.reservoir.sample(8, ALIKE, new SplittableRandom(1)))
        .hasSize(8)
        .containsOnly(new Reservoir.Slot("a", false, 0));
  }

  @Test
  void shouldDecideByNothingButTheGeneratorHandedIn() {
    var first = new Kept(30, 7);
    var second = new Kept(30, 7);
    for (int n = 0; n < 500; n++) {
      first.offer(n, "d" + n % 4, n % 3 == 0);
      second.offer(n, "d" + n % 4, n % 3 == 0);
    }
    assertThat(second.reservoir).isEqualTo(first.reservoir);
    assertThat(second.slots).isEqualTo(first.slots);
  }

  @Test
  void shouldLeaveTheIndexItGrowsFromAsItWas() {
    var groups = new ArrayList<Reservoir.Group>();
    var before = new Reservoir(4, groups);
    before.offer("a", true, new SplittableRandom(1));
    groups.add(new Reservoir.Group("b", true, 1, 1));
    assertThat(before).isEqualTo(Reservoir.ofCapacity(4));
  }

  @Test
  void shouldRefuseACapacityThatCannotHoldBothClasses() {
    assertThatThrownBy(() -> Reservoir.ofCapacity(1))
        .hasMessage("reservoir capacity is 1, expected at least 2");
  }
}
