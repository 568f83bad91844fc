package dev.headwater.stream.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.head.LearnerSettings;
import dev.headwater.image.ImageLimits;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchLimitsTest {
  private static final int MIB = 1 << 20;
  private static final Duration COMMIT = Duration.ofMillis(100);

  private static BatchLimits.Limits limits(
      int recordMib, int partitions, int threads, int heapMib) {
    return new BatchLimits.Limits(
        new ImageLimits(
            16L << 20, Math.min(25_000_000, BatchLimits.pixelsAtOnce((long) heapMib * MIB))),
        LearnerSettings.DEFAULT,
        recordMib * MIB,
        partitions,
        4,
        threads,
        1,
        (long) heapMib * MIB);
  }

  /** Two cores, the launcher's heap, the topics' defaults: the figures of docs/operations.md. */
  @Test
  void shouldPlanTheDefaults() {
    var plan = BatchLimits.of(limits(24, 4, 2, 2_048));
    assertThat(plan.images().polled()).isEqualTo(8);
    assertThat(plan.images().buffered()).isEqualTo(2);
    assertThat(plan.fetchBytes()).isEqualTo(16 * MIB);
    assertThat(plan.images().pass()).isEqualTo(Duration.ofSeconds(16 * 13));
    assertThat(plan.images().pollInterval()).isEqualTo(Duration.ofSeconds(2 * 16 * 13));
    assertThat(plan.images().transactionTimeout(COMMIT)).isEqualTo(Duration.ofMillis(218_500));
    assertThat(plan.examples().pollInterval()).isEqualTo(Duration.ofMinutes(5));
    assertThat(plan.examples().transactionTimeout(COMMIT)).isEqualTo(Duration.ofMinutes(1));
  }

  @ParameterizedTest
  @CsvSource({
    "24, 4, 2, 2048",
    "24, 4, 2, 1024",
    "24, 4, 64, 2048",
    "1, 64, 16, 1024",
    "24, 32, 8, 16384",
    "2, 1, 1, 256",
    "100, 4, 2, 8192",
  })
  void shouldHoldNoMoreThanItsShareOfTheHeap(int record, int partitions, int threads, int heap) {
    var plan = BatchLimits.of(limits(record, partitions, threads, heap));
    long busy = Math.min(threads, partitions);
    long held =
        busy * plan.fetchBytes()
            + (busy * plan.images().polled() + 2L * partitions * plan.images().buffered())
                * record
                * MIB;
    assertThat(held).isLessThanOrEqualTo((long) (heap * BatchLimits.HEAP_SHARE * MIB));
    assertThat(plan.images().polled()).isBetween(1, 8);
    assertThat(plan.images().buffered()).isBetween(1, 4);
  }

  @Test
  void shouldRefuseAHeapThatIsTooSmall() {
    assertThatThrownBy(() -> BatchLimits.of(limits(24, 4, 2, 512)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the heap is 512 MiB, expected at least 605 MiB: two in five of it are for images that"
                + " wait, 2 inference threads and 8 partitions, moved images included, with records"
                + " of up to 24 MiB; raise HEADWATER_HEAP, or lower"
                + " headwater.topics.max-message-bytes or headwater.stream.inference-threads");
  }

  @Test
  void shouldPlanExactlyAtTheLeastHeap() {
    assertThat(BatchLimits.of(limits(24, 4, 2, 605)).images().polled()).isEqualTo(1);
  }

  @Test
  void shouldGiveLargerImagesMoreTime() {
    var large = new ImageLimits(16L << 20, 50_000_000);
    var plan =
        BatchLimits.of(
            new BatchLimits.Limits(
                large, LearnerSettings.DEFAULT, 24 * MIB, 4, 4, 2, 1, 4_096L * MIB));
    int held = plan.images().polled() + 4 * plan.images().buffered();
    assertThat(plan.images().pass()).isEqualTo(Duration.ofSeconds(25L * held));
  }

  @Test
  void shouldGiveMoreTimeWhereThreadsWaitForRoomToDecode() {
    var alone = BatchLimits.of(limits(1, 8, 2, 2_048)).images();
    var many = BatchLimits.of(limits(1, 8, 8, 2_048)).images();
    int heldAlone = alone.polled() + 8 * alone.buffered();
    int held = many.polled() + 2 * many.buffered();
    assertThat(alone.pass()).isEqualTo(Duration.ofSeconds(13L * heldAlone));
    assertThat(many.pass()).as("8 threads, room for two").isEqualTo(Duration.ofSeconds(49L * held));
  }

  @Test
  void shouldGiveLargeMiniBatchesMoreTime() {
    var plan = BatchLimits.of(with(new LearnerSettings(1_024, 64, 2_000, 1)));
    assertThat(plan.examples().pass()).isGreaterThan(Duration.ofSeconds(45));
  }

  private static BatchLimits.Limits with(LearnerSettings learner) {
    return new BatchLimits.Limits(ImageLimits.DEFAULT, learner, 24 * MIB, 4, 4, 2, 1, 2_048L * MIB);
  }

  @Test
  void shouldTakeNoMoreAtOnceThanFitsIntoATransactionWhereItCan() {
    for (int partitions : new int[] {4, 16, 24}) {
      var plan = BatchLimits.of(limits(1, partitions, 1, 4_096));
      assertThat(plan.images().pass()).isLessThan(Duration.ofMinutes(15));
    }
    var many =
        new BatchLimits.Limits(
            ImageLimits.DEFAULT, LearnerSettings.DEFAULT, MIB, 4, 512, 2, 1, 2_048L * MIB);
    assertThat(BatchLimits.of(many).examples().pass()).isLessThan(Duration.ofMinutes(15));
    assertThat(BatchLimits.of(many).examples().polled()).isPositive();
  }

  @Test
  void shouldRefuseAHeapInWhichTheLargestImageCannotBeDecoded() {
    var limits =
        new BatchLimits.Limits(
            new ImageLimits(16L << 20, 4_000_000_000L),
            LearnerSettings.DEFAULT,
            MIB,
            4,
            4,
            2,
            1,
            2_048L * MIB);
    assertThatThrownBy(() -> BatchLimits.of(limits))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the heap is 2048 MiB, expected at least 152588 MiB: a fifth of it is for images that"
                + " are being decoded, which take up to 8 bytes a pixel, and one may have"
                + " 4000000000 pixels; raise HEADWATER_HEAP, or lower headwater.image.max-pixels");
  }

  /** Brokers refuse more than a quarter of an hour by default. */
  @Test
  void shouldNotAskForLongerTransactionsThanBrokersGrant() {
    var plan = BatchLimits.of(limits(1, 64, 1, 2_048));
    assertThat(plan.images().pass()).isGreaterThan(Duration.ofMinutes(15));
    assertThat(plan.images().transactionTimeout(COMMIT)).isEqualTo(Duration.ofMinutes(15));
  }
}
