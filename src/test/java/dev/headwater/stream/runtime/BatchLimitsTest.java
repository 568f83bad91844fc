package dev.headwater.stream.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.head.LearnerSettings;
import dev.headwater.image.ImageLimits;
import dev.headwater.stream.runtime.StreamSettings.Threads;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchLimitsTest {
  private static final int MIB = 1 << 20;
  private static final Duration COMMIT = Duration.ofMillis(100);

  private static BatchLimits.Constraints constraints(
      int recordMib, int partitions, int threads, int heapMib) {
    return new BatchLimits.Constraints(
        new ImageLimits(
            16L << 20, Math.min(25_000_000, BatchLimits.pixelsAtOnce((long) heapMib * MIB))),
        LearnerSettings.DEFAULT,
        recordMib * MIB,
        new Partitions(partitions, 4),
        new Threads(threads, 1),
        (long) heapMib * MIB);
  }

  /** Two cores, the launcher's heap, the topics' defaults: the figures of docs/operations.md. */
  @Test
  void shouldDeriveTheDefaults() {
    var limits = BatchLimits.of(constraints(24, 4, 2, 2_048));
    assertThat(limits.images().maxPolled()).isEqualTo(8);
    assertThat(limits.images().maxBuffered()).isEqualTo(2);
    assertThat(limits.maxFetchBytes()).isEqualTo(16 * MIB);
    assertThat(limits.images().longestPass()).isEqualTo(Duration.ofSeconds(16 * 13));
    assertThat(limits.images().pollInterval()).isEqualTo(Duration.ofSeconds(2 * 16 * 13));
    assertThat(limits.images().transactionTimeout(COMMIT)).isEqualTo(Duration.ofMillis(218_500));
    assertThat(limits.examples().pollInterval()).isEqualTo(Duration.ofMinutes(5));
    assertThat(limits.examples().transactionTimeout(COMMIT)).isEqualTo(Duration.ofMinutes(1));
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
    var limits = BatchLimits.of(constraints(record, partitions, threads, heap));
    long busy = Math.min(threads, partitions);
    long held =
        busy * limits.maxFetchBytes()
            + (busy * limits.images().maxPolled() + 2L * partitions * limits.images().maxBuffered())
                * record
                * MIB;
    assertThat(held).isLessThanOrEqualTo((long) (heap * BatchLimits.HEAP_SHARE * MIB));
    assertThat(limits.images().maxPolled()).isBetween(1, 8);
    assertThat(limits.images().maxBuffered()).isBetween(1, 4);
  }

  @Test
  void shouldRefuseAHeapThatIsTooSmall() {
    assertThatThrownBy(() -> BatchLimits.of(constraints(24, 4, 2, 512)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the heap is 512 MiB, expected at least 605 MiB: two in five of it are for images that"
                + " wait, 2 inference threads and 8 partitions, repartitioned images included, with"
                + " records of up to 24 MiB; raise HEADWATER_HEAP, or lower"
                + " headwater.topics.max-message-bytes or headwater.stream.inference-threads");
  }

  @Test
  void shouldFitIntoTheSmallestHeap() {
    assertThat(BatchLimits.of(constraints(24, 4, 2, 605)).images().maxPolled()).isEqualTo(1);
  }

  @Test
  void shouldGiveLargerImagesMoreTime() {
    var large = new ImageLimits(16L << 20, 50_000_000);
    var limits =
        BatchLimits.of(
            new BatchLimits.Constraints(
                large,
                LearnerSettings.DEFAULT,
                24 * MIB,
                new Partitions(4, 4),
                new Threads(2, 1),
                4_096L * MIB));
    int held = limits.images().maxPolled() + 4 * limits.images().maxBuffered();
    assertThat(limits.images().longestPass()).isEqualTo(Duration.ofSeconds(25L * held));
  }

  @Test
  void shouldGiveMoreTimeWhereThreadsWaitForRoomToDecode() {
    var alone = BatchLimits.of(constraints(1, 8, 2, 2_048)).images();
    var many = BatchLimits.of(constraints(1, 8, 8, 2_048)).images();
    int heldAlone = alone.maxPolled() + 8 * alone.maxBuffered();
    int held = many.maxPolled() + 2 * many.maxBuffered();
    assertThat(alone.longestPass()).isEqualTo(Duration.ofSeconds(13L * heldAlone));
    assertThat(many.longestPass())
        .as("8 threads, room for two")
        .isEqualTo(Duration.ofSeconds(49L * held));
  }

  @Test
  void shouldGiveLargeMiniBatchesMoreTime() {
    var limits = BatchLimits.of(with(new LearnerSettings(1_024, 64, 2_000, 1)));
    assertThat(limits.examples().longestPass()).isGreaterThan(Duration.ofSeconds(45));
  }

  private static BatchLimits.Constraints with(LearnerSettings learner) {
    return new BatchLimits.Constraints(
        ImageLimits.DEFAULT,
        learner,
        24 * MIB,
        new Partitions(4, 4),
        new Threads(2, 1),
        2_048L * MIB);
  }

  @Test
  void shouldTakeNoMoreAtOnceThanFitsIntoATransactionWhereItCan() {
    for (int partitions : new int[] {4, 16, 24}) {
      var limits = BatchLimits.of(constraints(1, partitions, 1, 4_096));
      assertThat(limits.images().longestPass()).isLessThan(Duration.ofMinutes(15));
    }
    var many =
        new BatchLimits.Constraints(
            ImageLimits.DEFAULT,
            LearnerSettings.DEFAULT,
            MIB,
            new Partitions(4, 512),
            new Threads(2, 1),
            2_048L * MIB);
    assertThat(BatchLimits.of(many).examples().longestPass()).isLessThan(Duration.ofMinutes(15));
    assertThat(BatchLimits.of(many).examples().maxPolled()).isPositive();
  }

  @Test
  void shouldRefuseAHeapInWhichTheLargestImageCannotBeDecoded() {
    var constraints =
        new BatchLimits.Constraints(
            new ImageLimits(16L << 20, 4_000_000_000L),
            LearnerSettings.DEFAULT,
            MIB,
            new Partitions(4, 4),
            new Threads(2, 1),
            2_048L * MIB);
    assertThatThrownBy(() -> BatchLimits.of(constraints))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the heap is 2048 MiB, expected at least 152588 MiB: a fifth of it is for images that"
                + " are being decoded, which take up to 8 bytes a pixel, and one may have"
                + " 4000000000 pixels; raise HEADWATER_HEAP, or lower headwater.image.max-pixels");
  }

  /** Brokers refuse more than a quarter of an hour by default. */
  @Test
  void shouldNotAskForLongerTransactionsThanBrokersGrant() {
    var limits = BatchLimits.of(constraints(1, 64, 1, 2_048));
    assertThat(limits.images().longestPass()).isGreaterThan(Duration.ofMinutes(15));
    assertThat(limits.images().transactionTimeout(COMMIT)).isEqualTo(Duration.ofMinutes(15));
  }
}
