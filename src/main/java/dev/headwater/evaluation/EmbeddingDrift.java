package dev.headwater.evaluation;

import dev.headwater.evaluation.Alarm.Detector;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Finds that a model's images look different than before, without any label.
 *
 * <p>Every {@link #BLOCK} images, the mean sketch of the newest 100, 150, 200 and 300 is compared
 * with that of all images before them by Hotelling's two-sample test (1931). If nothing changes, a
 * comparison is over the threshold with probability 1e-5 at most, all four together, hence
 * expectedly 0.02 in 20 000 images. The mean of a hundred sketches is near normal, whatever an
 * image's is, and any mixture of classes or domains is one distribution as long as it stays the
 * same.
 *
 * <p>Neighbours that are alike count for fewer images than there are: the test takes {@code n / c}
 * images for {@code n}, with {@code c} the {@link Spread} of blocks before the newest images.
 *
 * <p>Changes in place: 27 KB. Not thread-safe. After an alarm, a new one must take its place.
 */
public final class EmbeddingDrift {
  static final int BLOCK = 10;

  /** An alarm needs this evidence, in nats: -ln of the probability that chance explains it. */
  public static final double THRESHOLD = StrictMath.log(1e5);

  /** Images that are all alike can be infinitely unlikely, which no number in JSON is. */
  private static final double MOST_EVIDENCE = 10_000;

  private static final int SIZE = EmbeddingSketch.SIZE;

  /** Newest blocks that are compared with all before them. */
  private static final int[] WINDOWS = {10, 15, 20, 30};

  private static final int WIDEST = 30;

  /** Fewest blocks to compare with. */
  private static final int FEWEST_BEFORE = 10;

  /** Blocks in a group, whose spread tells of neighbours that are alike over more than a block. */
  private static final int GROUP = 5;

  private static final int FEWEST_GROUPS = 8;

  /** More independent images change the test's outcome no more. */
  private static final double MOST_INDEPENDENT = 1e6;

  private static final int FIXED_DOUBLES =
      Scatter.doubles(SIZE) + 2 * Spread.doubles(SIZE) + 2 * SIZE;

  private final Scatter scatter = new Scatter(SIZE);
  private final Spread blocks = new Spread(SIZE);

  /** Of groups older than the widest window. */
  private final Spread groups = new Spread(SIZE);

  private final Deque<double[]> newest = new ArrayDeque<>();
  private double[] block = new double[SIZE];
  private double[] group = new double[SIZE];
  private long count;

  /**
   * Takes one image.
   *
   * @return an alarm if images look different than before
   */
  public Optional<Alarm> see(float[] embedding) {
    double[] sketch = EmbeddingSketch.of(embedding);
    scatter.add(sketch);
    add(block, sketch);
    count++;
    if (count % BLOCK != 0) {
      return Optional.empty();
    }
    close(block);
    block = new double[SIZE];
    return compare();
  }

  private static void add(double[] target, double[] vector) {
    for (int i = 0; i < SIZE; i++) {
      target[i] += vector[i];
    }
  }

  /** Rounds, since blocks are kept as floats. */
  private void close(double[] full) {
    for (int i = 0; i < SIZE; i++) {
      full[i] = (float) full[i];
    }
    blocks.add(full);
    newest.addLast(full);
    if (newest.size() > WIDEST) {
      add(group, newest.removeFirst());
      if ((blockCount() - WIDEST) % GROUP == 0) {
        groups.add(group);
        group = new double[SIZE];
      }
    }
  }

  private long blockCount() {
    return count / BLOCK;
  }

  private Optional<Alarm> compare() {
    if (blockCount() < WINDOWS[0] + FEWEST_BEFORE) {
      return Optional.empty();
    }
    var factor = scatter.factor(count);
    var older = blocks.copy();
    var fromNewest = newest.descendingIterator();
    int window = 0;
    Alarm strongest = null;
    for (int width : WINDOWS) {
      if (blockCount() - width < FEWEST_BEFORE) {
        break;
      }
      for (; window < width; window++) {
        older.remove(fromNewest.next());
      }
      double evidence =
          Math.min(MOST_EVIDENCE, evidence(width, older, factor)) - StrictMath.log(WINDOWS.length);
      if (evidence > THRESHOLD && (strongest == null || evidence > strongest.statistic())) {
        strongest = alarm(width, evidence);
      }
    }
    return Optional.ofNullable(strongest);
  }

  /** Returns -ln of the probability that chance explains the difference, in nats. */
  private double evidence(int width, Spread older, Scatter.Factor factor) {
    long blocksBefore = blockCount() - width;
    double before = blocksBefore * BLOCK;
    double after = width * BLOCK;
    double independent = Math.min(count / alike(older, blocksBefore), MOST_INDEPENDENT);
    int rank = factor.rank();
    if (rank == 0 || independent < 2 * rank) {
      return 0;
    }
    var difference = new double[SIZE];
    for (int i = 0; i < SIZE; i++) {
      difference[i] = (scatter.sum(i) - older.sum(i)) / after - older.sum(i) / before;
    }
    double share = before * after / count * factor.squaredLength(difference);
    return -BetaTail.log(share, rank / 2.0, Math.max((independent - rank - 1) / 2, 0.5));
  }

  /** Returns how many neighbours are as good as one independent image; at least 1. */
  private double alike(Spread older, long blocksBefore) {
    double ofBlocks = older.overdispersion(blocksBefore, BLOCK, scatter, count);
    long groupCount = Math.max(blockCount() - WIDEST, 0) / GROUP;
    double ofGroups =
        groupCount < FEWEST_GROUPS
            ? 1
            : groups.overdispersion(groupCount, GROUP * BLOCK, scatter, count);
    return Math.max(1, Math.max(ofBlocks, ofGroups));
  }

  private Alarm alarm(int width, double evidence) {
    long after = (long) width * BLOCK;
    return new Alarm(
        Detector.EMBEDDINGS,
        Optional.empty(),
        Optional.empty(),
        count - after,
        Optional.empty(),
        after,
        evidence,
        THRESHOLD);
  }

  /** Returns how many bytes {@link #write} takes. */
  public int bytes() {
    return Long.BYTES + FIXED_DOUBLES * Double.BYTES + newest.size() * SIZE * Float.BYTES;
  }

  /** Writes the number of images, sums of all and of the open block and group, newest blocks. */
  public void write(ByteBuffer target) {
    target.putLong(count);
    var doubles = target.asDoubleBuffer();
    scatter.write(doubles);
    blocks.write(doubles);
    groups.write(doubles);
    doubles.put(block).put(group);
    target.position(target.position() + FIXED_DOUBLES * Double.BYTES);
    for (double[] sums : newest) {
      for (double sum : sums) {
        target.putFloat((float) sum);
      }
    }
  }

  /** Reads what {@link #write} wrote. */
  public static EmbeddingDrift read(ByteBuffer source) {
    var read = new EmbeddingDrift();
    read.count = source.getLong();
    var doubles = source.asDoubleBuffer();
    read.scatter.read(doubles);
    read.blocks.read(doubles);
    read.groups.read(doubles);
    doubles.get(read.block).get(read.group);
    source.position(source.position() + FIXED_DOUBLES * Double.BYTES);
    long kept = Math.min(read.blockCount(), WIDEST);
    for (int i = 0; i < kept; i++) {
      var sums = new double[SIZE];
      for (int j = 0; j < SIZE; j++) {
        sums[j] = source.getFloat();
      }
      read.newest.addLast(sums);
    }
    return read;
  }
}
