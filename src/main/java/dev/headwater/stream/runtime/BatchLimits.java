package dev.headwater.stream.runtime;

import dev.headwater.head.LearnerSettings;
import dev.headwater.image.ImageLimits;
import java.time.Duration;
import java.util.stream.LongStream;

/**
 * How much work is taken at once, and how long that may take, as follows from the limits.
 *
 * <p>Everything here is for the worst case that the limits admit: each waiting record the largest,
 * each image the slowest. A transaction that outlives its timeout is rolled back and its records
 * are read again, so that a timeout too short for them would never get past them. A thread takes no
 * more at once than fits into the longest that Kafka grants, where it has a choice.
 *
 * @param images of inference
 * @param examples of the learner
 * @param fetchBytes what a consumer fetches ahead of the records it has handed out
 */
public record BatchLimits(Pace images, Pace examples, int fetchBytes) {
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

  /**
   * Of what is left over one record each, an eighth at most is fetched ahead; then threads poll.
   */
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
   * Records that are taken at once.
   *
   * @param polled most that Kafka hands a thread at a time
   * @param buffered of a partition, from where on Kafka is asked for no more
   * @param pass the longest that a thread takes for all that it may hold
   */
  public record Pace(int polled, int buffered, Duration pass) {
    private static final Duration SHORTEST_POLL = Duration.ofMinutes(5);
    private static final Duration SHORTEST_TRANSACTION = Duration.ofMinutes(1);

    /** Kafka's own bound on transactions, unless a broker has another. */
    static final Duration LONGEST_TRANSACTION = Duration.ofMinutes(15);

    private static final Duration TO_COMMIT = Duration.ofSeconds(10);

    /** What fits into it beside the longest commit interval. */
    private static final Duration LONGEST_PASS = LONGEST_TRANSACTION.minusSeconds(40);

    /** Kafka Streams polls again after half of it, and may have begun a pass just before. */
    Duration pollInterval() {
      return longer(SHORTEST_POLL, pass.multipliedBy(2));
    }

    /**
     * A transaction is open until the commit that is due within a pass. One that is longer than
     * Kafka grants takes a thread that holds as little as it can, of many partitions, and only the
     * slowest records there are.
     */
    public Duration transactionTimeout(Duration commitInterval) {
      var needed =
          longer(
              SHORTEST_TRANSACTION,
              pass.plus(CommitRequester.unasked(commitInterval)).plus(TO_COMMIT));
      return needed.compareTo(LONGEST_TRANSACTION) > 0 ? LONGEST_TRANSACTION : needed;
    }

    private static Duration longer(Duration one, Duration other) {
      return one.compareTo(other) > 0 ? one : other;
    }
  }

  /**
   * What the plan follows from.
   *
   * @param images what an image may weigh
   * @param learner how heads are trained
   * @param maxRecordBytes the largest record that holds an image
   * @param imagePartitions of the images topic
   * @param examplePartitions of the topic of examples
   * @param inferenceThreads threads that decode, embed and predict
   * @param learnerThreads threads that train
   * @param heapBytes the largest heap
   */
  public record Limits(
      ImageLimits images,
      LearnerSettings learner,
      int maxRecordBytes,
      int imagePartitions,
      int examplePartitions,
      int inferenceThreads,
      int learnerThreads,
      long heapBytes) {
    /** Images come from their topic and from the topic of those that were moved. */
    private int partitions() {
      return 2 * imagePartitions;
    }

    /** More threads than partitions have no images: the two topics' share their tasks. */
    private int busyThreads() {
      return Math.min(inferenceThreads, imagePartitions);
    }

    /** Partitions of images, moved ones included, that a thread may have. */
    private int partitionsOfAThread() {
      return 2 * ceiling(imagePartitions, inferenceThreads);
    }

    private int examplePartitionsOfAThread() {
      return ceiling(examplePartitions, learnerThreads);
    }

    private long share() {
      return (long) (heapBytes * HEAP_SHARE);
    }

    private long least() {
      return (long) busyThreads() * (MIB + maxRecordBytes) + (long) partitions() * maxRecordBytes;
    }
  }

  /**
   * Derives the plan.
   *
   * @throws IllegalArgumentException with a sentence if the heap is too small for it
   */
  public static BatchLimits of(Limits limits) {
    if (limits.least() > limits.share()) {
      throw new IllegalArgumentException(tooSmall(limits));
    }
    if (limits.images().maxPixels() > pixelsAtOnce(limits.heapBytes())) {
      throw new IllegalArgumentException(tooSmallToDecode(limits));
    }
    int threads = limits.busyThreads();
    long spare = limits.share() - limits.least();
    int fetched = (int) Math.min(MOST_FETCHED - MIB, spare / FETCHED_PART / threads);
    spare -= (long) threads * fetched;
    return new BatchLimits(images(limits, spare), examples(limits), MIB + fetched);
  }

  /**
   * @param spare bytes of the heap for more than one record of each thread and partition
   */
  private static Pace images(Limits limits, long spare) {
    var slowest = slowestImage(limits);
    long most = Pace.LONGEST_PASS.dividedBy(slowest);
    int partitions = limits.partitionsOfAThread();
    long eachPolled = (long) limits.busyThreads() * limits.maxRecordBytes();
    int polled = 1 + upTo(MOST_POLLED_IMAGES - 1, spare / eachPolled, most - 1 - partitions);
    long eachBuffered = (long) limits.partitions() * limits.maxRecordBytes();
    long left = spare - (polled - 1) * eachPolled;
    int buffered =
        1 + upTo(MOST_BUFFERED_IMAGES - 1, left / eachBuffered, (most - polled) / partitions - 1);
    return new Pace(polled, buffered, slowest.multipliedBy(polled + (long) buffered * partitions));
  }

  /**
   * As many are polled as may wait of a partition: what one poll brings fills no more than that.
   */
  private static Pace examples(Limits limits) {
    var slowest = slowestExample(limits.learner());
    long shares = 1L + limits.examplePartitionsOfAThread();
    int each = 1 + upTo(MOST_EXAMPLES - 1, Pace.LONGEST_PASS.dividedBy(slowest) / shares - 1);
    return new Pace(each, each, slowest.multipliedBy(each * shares));
  }

  /** Returns the least of some numbers, but not less than 0. */
  private static int upTo(long... bounds) {
    return (int) Math.max(0, LongStream.of(bounds).min().orElseThrow());
  }

  /** With its share of the steps on its mini-batch. */
  private static Duration slowestExample(LearnerSettings learner) {
    long steps = 1L + learner.replayBatches();
    long micros = steps * (MICROS_A_STEP / learner.batchSize() + MICROS_A_STEPS_EXAMPLE);
    return AN_EXAMPLE.plusNanos(1_000 * micros);
  }

  /** With the images of other threads that it has to wait for, if all are the largest. */
  private static Duration slowestImage(Limits limits) {
    long pixels = limits.images().maxPixels();
    long atOnce = pixelsAtOnce(limits.heapBytes()) / pixels;
    long turns = (limits.busyThreads() + atOnce - 1) / atOnce;
    return AN_IMAGE_BESIDE_ITS_PIXELS.plusNanos(NANOS_A_PIXEL * pixels * turns);
  }

  private static int ceiling(int all, int parts) {
    return (all + parts - 1) / parts;
  }

  /** Returns how many pixels fit into a heap at the same time while they are decoded. */
  public static long pixelsAtOnce(long heapBytes) {
    return (long) (heapBytes * DECODING_SHARE) / BYTES_A_PIXEL;
  }

  private static String tooSmallToDecode(Limits limits) {
    double needed = (double) limits.images().maxPixels() * BYTES_A_PIXEL / DECODING_SHARE;
    return ("the heap is %d MiB, expected at least %d MiB: a fifth of it is for images that are"
            + " being decoded, which take up to %d bytes a pixel, and one may have %d pixels;"
            + " raise HEADWATER_HEAP, or lower headwater.image.max-pixels")
        .formatted(
            limits.heapBytes() / MIB,
            (long) Math.ceil(needed / MIB),
            BYTES_A_PIXEL,
            limits.images().maxPixels());
  }

  private static String tooSmall(Limits limits) {
    return ("the heap is %d MiB, expected at least %d MiB: two in five of it are for images that"
            + " wait, %d inference threads and %d partitions, moved images included, with"
            + " records of up to %d MiB; raise HEADWATER_HEAP, or lower"
            + " headwater.topics.max-message-bytes or headwater.stream.inference-threads")
        .formatted(
            limits.heapBytes() / MIB,
            (long) Math.ceil(limits.least() / HEAP_SHARE / MIB),
            limits.busyThreads(),
            limits.partitions(),
            ceiling(limits.maxRecordBytes(), MIB));
  }
}
