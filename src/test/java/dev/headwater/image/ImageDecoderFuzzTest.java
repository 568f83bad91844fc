package dev.headwater.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import dev.headwater.image.ImageRejectedException.Reason;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Broken files end in pixels or in a refusal, within a second, and leave nothing behind.
 *
 * <p>{@code -Dfuzz.mutations} says how many, {@code -Dfuzz.seed} which, and {@code -Dfuzz.first}
 * where to begin: one mutation is tried again by its number and the seed. The profile {@code fuzz}
 * tries 200 000.
 */
@Tag("real-files")
class ImageDecoderFuzzTest {
  private static final int SIDE = 64;
  private static final int WARM_UP = 1_000;
  private static final long MAX_MILLIS = 1_000;
  private static final long MAX_GROWTH = 24L << 20;
  private static final int HANG_SECONDS = 60;

  private final long seed = Long.getLong("fuzz.seed", 20_261_130);
  private final int first = Integer.getInteger("fuzz.first", 0);
  private final int mutations = Integer.getInteger("fuzz.mutations", 20_000);
  private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT, SIDE, SIDE);
  private final AtomicInteger current = new AtomicInteger();
  private final FuzzTally tally = new FuzzTally();
  private long heapBefore;

  @Test
  void shouldAnswerEveryBrokenFileWithPixelsOrARefusal() throws Exception {
    var originals = FuzzOriginals.drawnAndReal(seed);
    for (var original : originals) {
      assertThat(MeasuredDecode.of(original.file()).outcome())
          .as(original.name())
          .isEqualTo("PIXELS");
    }
    var mutator = new FileMutator(originals);

    await(mutator);

    long heapAfter = usedHeap();
    report(originals.size(), heapAfter);
    assertThat(tally.slowestMillis()).as(tally.slowest()).isLessThan(MAX_MILLIS);
    assertThat(heapAfter - heapBefore).as("bytes of heap gained").isLessThan(MAX_GROWTH);
    if (mutations >= WARM_UP) {
      assertThat(tally.count("PIXELS")).isPositive();
      assertThat(tally.count("CORRUPT")).isPositive();
      assertThat(tally.count("TRUNCATED")).isPositive();
    }
  }

  /** Fails by name on a file that never comes back, which no time limit around a loop could. */
  private void await(FileMutator mutator) throws Exception {
    var thread = Executors.newSingleThreadExecutor();
    try {
      Future<?> run = thread.submit(() -> decodeAll(mutator));
      int last = -1;
      while (!run.isDone()) {
        try {
          run.get(HANG_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException stillRunning) {
          assertThat(current.get()).as("mutation, %d s later", HANG_SECONDS).isNotEqualTo(last);
          last = current.get();
        }
      }
      run.get();
    } finally {
      thread.shutdownNow();
    }
  }

  private void decodeAll(FileMutator mutator) {
    heapBefore = usedHeap();
    for (int i = 0; i < mutations; i++) {
      int index = first + i;
      current.set(index);
      var mutation = mutator.mutate(seed + index);
      tally.add(index, mutation, decode(index, mutation));
      if (i == WARM_UP) {
        heapBefore = usedHeap(); // classes, caches and compiled code are in place now
      }
    }
  }

  private MeasuredDecode decode(int index, FileMutator.Mutation mutation) {
    try {
      var decoded = MeasuredDecode.of(decoder, mutation.file());
      if (!decoded.outcome().equals("PIXELS")) {
        assertThat(Reason.values()).extracting(Reason::name).contains(decoded.outcome());
        assertThat(decoded.message()).isNotBlank().hasSizeLessThan(400);
      }
      return decoded;
    } catch (RuntimeException | Error crash) {
      throw new AssertionError(
          "seed %d, %s".formatted(seed, FuzzTally.describe(index, mutation)), crash);
    }
  }

  private void report(int originals, long heapAfter) {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    System.out.printf("%n%d mutations of %d files, seed %d%n", mutations, originals, seed);
    tally.lines().forEach(System.out::println);
    System.out.printf(
        "heap after GC: %.1f MiB before, %.1f MiB after; process: %d MiB of address space%n%n",
        heapBefore / 1048576.0,
        heapAfter / 1048576.0,
        system.getCommittedVirtualMemorySize() >> 20);
  }

  /** Returns the least of several measurements: ImageIO's streams are freed by the finalizer. */
  private static long usedHeap() {
    var memory = ManagementFactory.getMemoryMXBean();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      memory.gc();
      least = Math.min(least, memory.getHeapMemoryUsage().getUsed());
    }
    return least;
  }
}
