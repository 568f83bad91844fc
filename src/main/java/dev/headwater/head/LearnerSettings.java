package dev.headwater.head;

/**
 * How a head is trained in the stream.
 *
 * @param batchSize examples in a mini-batch
 * @param replayBatches mini-batches of past examples that follow each new one
 * @param reservoirCapacity past examples kept
 * @param seed of the first weights and of every draw
 */
public record LearnerSettings(int batchSize, int replayBatches, int reservoirCapacity, long seed) {
  /** Measured to learn best; see docs/architecture.md. */
  public static final LearnerSettings DEFAULT = new LearnerSettings(8, 4, 2_000, 42);

  /** Checks the ranges. */
  public LearnerSettings {
    require("batch size", batchSize, 1, 1_024);
    require("replay batches", replayBatches, 0, 64);
    require("reservoir capacity", reservoirCapacity, 2, 1_000_000);
  }

  private static void require(String what, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s is %d, expected %d to %d".formatted(what, value, least, most));
    }
  }
}
