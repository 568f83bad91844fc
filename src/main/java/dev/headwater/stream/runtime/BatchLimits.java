package dev.headwater.stream.runtime;

import dev.headwater.head.LearnerSettings;
import dev.headwater.image.ImageLimits;
import dev.headwater.stream.runtime.StreamSettings.Threads;
import java.time.Duration;
import java.util.stream.LongStream;

/**
 * How many records the stream threads take at once, and how long that may take.
 *
 * <p>Both are for the worst case that the settings admit: every record the largest, every image the
 * slowest. A transaction that outlives its timeout is rolled back and its records are read again,
 * so a timeout that is too short for them would never let the thread get past them.
 *
 * <p>The limits of inference follow in this order, a method of {@link Constraints} for each:
 *
 * <ol>
 *   <li>Budget: 40 % of the heap is for images that wait.
 *   <li>Reserved: 1 MiB and one record for each busy thread, one record for each partition. A heap
 *       whose budget is smaller is refused.
 *   <li>Fetched: 1 MiB, and an eighth of what is left, divided by the threads; at most 16 MiB.
 *   <li>Polled: one record, and as many as then fit for each thread; at most 8.
 *   <li>Buffered: one record, and as many as then fit for each partition; at most 4.
 *   <li>Pass: the slowest image, times all that a thread holds. Records are polled and buffered
 *       only as long as a pass fits into the longest transaction, where that can be had.
 * </ol>
 *
 * @param images limits of inference
 * @param examples limits of the learner
 * @param maxFetchBytes most that a consumer fetches ahead of the records it has handed out
 */
public record BatchLimits(Batch images, Batch examples, int maxFetchBytes) {
  /** What may lie in memory as images that wait; the rest is for decoding, learning and Kafka. */
  static final double HEAP_SHARE = 0.4;

  /** What may lie in memory as pixels that are being decoded. */
  private static final double DECODING_SHARE = 0.2;

  /** Of the formats that take most: 16-bit samples of four channels. */
  private static final int BYTES_A_PIXEL = 8;

  private static final int MIB = 1 << 20;
  private static final int MOST_POLLED_IMAGES = 8;
  private static final int MOST_BUFFERED_IMAGES = 4;
  private static final int MOST_FETCHED = 16 * MIB;

  /** Of what is left over one record each, an eighth at most is fetched ahead. */
  private static final int FETCHED_PART = 8;

  /** Examples are 5 KB each; it is their time that counts. */
  private static final int MOST_EXAMPLES = 64;

  /**
   * Four times what lossy WebP takes, the slowest format: 25 megapixels were decoded in 2 to 3 s of
   * one core. The rest is for slower cores, and more threads than cores.
   */
  private static final long NANOS_A_PIXEL = 4 * 120;

  /** For reading, embedding and remembering an image: 10 ms, or 60 ms with Deeplearning4j. */
  private static final Duration AN_IMAGE_BESIDE_ITS_PIXELS = Duration.ofSeconds(1);

  /** For a fit of the discriminant, which follows each of the first examples: 30 ms. */
  private static final Duration AN_EXAMPLE = Duration.ofMillis(150);

  /** For a step on a mini-batch, 1 ms, and for each example in it, 0.02 ms. */
  private static final long MICROS_A_STEP = 5_000;

  private static final long MICROS_A_STEPS_EXAMPLE = 100;

  /**
   * Derives the limits.
   *
   * @throws IllegalArgumentException with a sentence if the heap is too small
   */
  public static BatchLimits of(Constraints constraints) {
    constraints.check();
    return new BatchLimits(
        constraints.imageBatch(), constraints.exampleBatch(), constraints.maxFetchBytes());
  }

  /** Returns how many pixels fit into a heap at the same time while they are decoded. */
  public static long pixelsAtOnce(long heapBytes) {
    return (long) (heapBytes * DECODING_SHARE) / BYTES_A_PIXEL;
  }

  /**
   * What the limits follow from.
   *
   * @param image what an image may weigh
   * @param learner how heads are trained
   * @param maxRecordBytes the largest record that holds an image
   * @param heapBytes the largest heap
   */
  public record Constraints(
      ImageLimits image,
      LearnerSettings learner,
      int maxRecordBytes,
      Partitions partitions,
      Threads threads,
      long heapBytes) {

    private void check() {
      if (reservedBytes() > budgetBytes()) {
        throw new IllegalArgumentException(tooSmall());
      }
      if (image.maxPixels() > pixelsAtOnce(heapBytes)) {
        throw new IllegalArgumentException(tooSmallToDecode());
      }
    }

    private long budgetBytes() {
      return (long) (heapBytes * HEAP_SHARE);
    }

    private long reservedBytes() {
      return (long) busyThreads() * (MIB + maxRecordBytes)
          + (long) imagePartitions() * maxRecordBytes;
    }

    private int maxFetchBytes() {
      return MIB + moreFetched();
    }

    private int moreFetched() {
      long spare = budgetBytes() - reservedBytes();
      return (int) Math.min(MOST_FETCHED - MIB, spare / FETCHED_PART / busyThreads());
    }

    private int maxPolled() {
      long spare = budgetBytes() - reservedBytes() - (long) busyThreads() * moreFetched();
      long fitting = spare / ((long) busyThreads() * maxRecordBytes);
      return 1
          + upTo(MOST_POLLED_IMAGES - 1, fitting, imagesOfATransaction() - 1 - ownPartitions());
    }

    private int maxBuffered() {
      long further = moreFetched() + (maxPolled() - 1L) * maxRecordBytes;
      long spare = budgetBytes() - reservedBytes() - busyThreads() * further;
      long fitting = spare / ((long) imagePartitions() * maxRecordBytes);
      long inTime = (imagesOfATransaction() - maxPolled()) / ownPartitions() - 1;
      return 1 + upTo(MOST_BUFFERED_IMAGES - 1, fitting, inTime);
    }

    private Batch imageBatch() {
      long held = maxPolled() + (long) maxBuffered() * ownPartitions();
      return new Batch(maxPolled(), maxBuffered(), slowestImage().multipliedBy(held));
    }

    /** As many are polled as may wait of a partition: one poll brings no more than that. */
    private Batch exampleBatch() {
      long shares = 1L + ceiling(partitions.examples(), threads.learner());
      long inTime = Batch.PASS_OF_A_TRANSACTION.dividedBy(slowestExample()) / shares - 1;
      int each = 1 + upTo(MOST_EXAMPLES - 1, inTime);
      return new Batch(each, each, slowestExample().multipliedBy(each * shares));
    }

    /** Images come from their topic and from the topic of repartitioned ones. */
    private int imagePartitions() {
      return 2 * partitions.images();
    }

    /** More threads than partitions have no images: the two topics' share their tasks. */
    private int busyThreads() {
      return Math.min(threads.inference(), partitions.images());
    }

    /** Image partitions of both topics that a thread may have. */
    private int ownPartitions() {
      return 2 * ceiling(partitions.images(), threads.inference());
    }

    private long imagesOfATransaction() {
      return Batch.PASS_OF_A_TRANSACTION.dividedBy(slowestImage());
    }

    /** With the images of other threads that it has to wait for, if all are the largest. */
    private Duration slowestImage() {
      long atOnce = pixelsAtOnce(heapBytes) / image.maxPixels();
      long turns = (busyThreads() + atOnce - 1) / atOnce;
      return AN_IMAGE_BESIDE_ITS_PIXELS.plusNanos(NANOS_A_PIXEL * image.maxPixels() * turns);
    }

    /** With its share of the steps on its mini-batch. */
    private Duration slowestExample() {
      long steps = 1L + learner.replayBatches();
      long micros = steps * (MICROS_A_STEP / learner.batchSize() + MICROS_A_STEPS_EXAMPLE);
      return AN_EXAMPLE.plusNanos(1_000 * micros);
    }

    /** Returns the least of some numbers, but not less than 0. */
    private static int upTo(long... bounds) {
      return (int) Math.max(0, LongStream.of(bounds).min().orElseThrow());
    }

    private static int ceiling(int all, int parts) {
      return (all + parts - 1) / parts;
    }

    private String tooSmallToDecode() {
      double needed = (double) image.maxPixels() * BYTES_A_PIXEL / DECODING_SHARE;
      return ("the heap is %d MiB, expected at least %d MiB: a fifth of it is for images that are"
              + " being decoded, which take up to %d bytes a pixel, and one may have %d pixels;"
              + " raise HEADWATER_HEAP, or lower headwater.image.max-pixels")
          .formatted(
              heapBytes / MIB, (long) Math.ceil(needed / MIB), BYTES_A_PIXEL, image.maxPixels());
    }

    private String tooSmall() {
      return ("the heap is %d MiB, expected at least %d MiB: two in five of it are for images that"
              + " wait, %d inference threads and %d partitions, repartitioned images included, with"
              + " records of up to %d MiB; raise HEADWATER_HEAP, or lower"
              + " headwater.topics.max-message-bytes or headwater.stream.inference-threads")
          .formatted(
              heapBytes / MIB,
              (long) Math.ceil(reservedBytes() / HEAP_SHARE / MIB),
              busyThreads(),
              imagePartitions(),
              ceiling(maxRecordBytes, MIB));
    }
  }
}
