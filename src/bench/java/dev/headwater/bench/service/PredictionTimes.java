package dev.headwater.bench.service;

import dev.headwater.cli.client.CommandFailedException;
import java.util.Arrays;

/**
 * When Kafka was given the predictions of a run, by its own clock.
 *
 * <p>The first fifth does not count: it has the start of the threads and their first fetches.
 *
 * @param millis one for each prediction, in any order
 */
record PredictionTimes(long[] millis) {
  private static final int UNCOUNTED = 5;

  /** How many predictions of a run do not count. */
  static int uncounted(int images) {
    return images / UNCOUNTED;
  }

  /**
   * Returns how many there were a second, from the last that does not count to the last of all.
   *
   * @throws CommandFailedException if all came at once
   */
  double perSecond() {
    long[] sorted = millis.clone();
    Arrays.sort(sorted);
    long from = sorted[uncounted(sorted.length)];
    long last = sorted[sorted.length - 1];
    // Many come at once: those that came with the first one that counts came before the time does.
    long counted = Arrays.stream(sorted).filter(time -> time > from).count();
    if (counted == 0) {
      throw new CommandFailedException(
          "all %d images were predicted in one go; give more with --count"
              .formatted(millis.length));
    }
    return counted * 1e3 / (last - from);
  }
}
