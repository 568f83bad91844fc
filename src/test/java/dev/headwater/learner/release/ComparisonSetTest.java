package dev.headwater.learner.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.evaluation.Judgement;
import dev.headwater.head.Reservoir;
import dev.headwater.learner.model.HeapStore;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ComparisonSetTest {
  private final HeapStore store = new HeapStore();
  private final ComparisonSet set =
      new ComparisonSet(
          new VersionStore("m", store), 0, Reservoir.ofCapacity(ReleaseRecord.MOST_HELD_OUT));

  private static ComparisonExample example(long number, String domain, boolean positive) {
    var known = ReleaseFixture.example(number, true);
    return new ComparisonExample(
        number,
        known.imageId(),
        domain,
        new Judgement(0.5f, true, positive),
        false,
        known.embedding());
  }

  private static List<Long> numbers(Stream<ComparisonExample> examples) {
    return examples.map(ComparisonExample::number).sorted().toList();
  }

  private void add(long from, long to) {
    LongStream.rangeClosed(from, to).forEach(n -> set.add(example(n, "d", n % 2 == 1)));
  }

  private void holdOut(long from, long to) {
    LongStream.rangeClosed(from, to).forEach(n -> set.holdOut(example(n, "d", n % 2 == 1)));
  }

  @Test
  void shouldCompareOnTheNewestHundredSinceALabel() {
    add(1, 130);
    assertThat(set.compared()).isEqualTo(130);
    assertThat(numbers(set.recent(0))).hasSize(100).startsWith(31L).endsWith(130L);
    assertThat(numbers(set.recent(128))).containsExactly(129L, 130L);
    set.begin();
    assertThat(set.recent(0)).isEmpty();
  }

  @Test
  void shouldHoldOutOneInFourUntilThereAreEnoughAndThenOneInEight() {
    long before = LongStream.rangeClosed(1, 4_000).filter(set::holdsOut).count();
    assertThat(before).isBetween(900L, 1_100L);
    holdOut(1, 23);
    assertThat(set.holdsEnoughOut()).isFalse();
    assertThat(LongStream.rangeClosed(1, 4_000).filter(set::holdsOut).count()).isEqualTo(before);
    holdOut(24, 24);
    assertThat(set.holdsEnoughOut()).isTrue();
    long afterwards = LongStream.rangeClosed(1, 4_000).filter(set::holdsOut).count();
    assertThat(afterwards).isBetween(430L, 570L);
  }

  @Test
  void shouldLetTheOldestGoWhereTooManyAreHeldOut() {
    holdOut(1, 103);
    assertThat(numbers(set.heldOut(1_000))).hasSize(100).startsWith(4L).endsWith(103L);
  }

  @Test
  void shouldLetNoneGoOfADomainThatHasFew() {
    for (int n = 1; n <= 5; n++) {
      set.holdOut(example(n, "rare", true));
    }
    holdOut(6, 110);
    assertThat(numbers(set.heldOut(1_000))).hasSize(100).startsWith(1L, 2L, 3L, 4L, 5L, 16L);
  }

  @Test
  void shouldLookAtWhatWasHeldOutUpToALabelAndAtWhatHadBeenLearntBefore() {
    holdOut(1, 6);
    set.holdOut(example(7, "d", true).learnt());
    assertThat(numbers(set.heldOut(4))).containsExactly(1L, 2L, 3L, 4L, 7L);
  }

  @Test
  void shouldTellWhichOfTheNewestAreNotHeldOut() {
    add(1, 6);
    holdOut(2, 4);
    assertThat(numbers(set.notHeldOut())).containsExactly(1L, 5L, 6L);
  }

  @Test
  void shouldTakeAnotherLabelEverywhere() {
    add(1, 4);
    holdOut(3, 3);
    assertThat(set.relabel("image-2", "d", true, 5)).as("held out").isFalse();
    assertThat(set.relabel("image-3", "d", false, 5)).as("held out").isTrue();
    assertThat(set.recent(0).filter(ComparisonExample::positive))
        .extracting(ComparisonExample::number)
        .containsExactlyInAnyOrder(1L, 2L);
    var heldOut = set.heldOut(1_000).toList();
    assertThat(heldOut).hasSize(1);
    assertThat(heldOut.get(0).positive()).isFalse();
    assertThat(heldOut.get(0).number()).as("quarantined like a new one").isEqualTo(5);
  }

  @Test
  void shouldForgetWhatCameSinceALabel() {
    add(1, 9);
    holdOut(1, 9);
    set.forgetSince(4);
    assertThat(set.recent(0)).isEmpty();
    assertThat(numbers(set.heldOut(1_000))).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void shouldLeaveNoRecordOfWhatIsHeldOutNoMore() {
    holdOut(1, 9);
    assertThat(store.entries()).hasSize(9);
    set.holdNoneOut();
    assertThat(set.index().size()).isZero();
    assertThat(store.entries()).isEmpty();
  }
}
