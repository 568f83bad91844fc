package dev.headwater.stream.runtime;

import java.time.Duration;

/**
 * The records that a thread takes at once.
 *
 * @param maxPolled most that Kafka hands a thread at a time
 * @param maxBuffered of a partition, from where on Kafka is asked for no more
 * @param longestPass the longest that a thread takes for all that it may hold
 */
public record Batch(int maxPolled, int maxBuffered, Duration longestPass) {
  private static final Duration SHORTEST_POLL = Duration.ofMinutes(5);
  private static final Duration SHORTEST_TRANSACTION = Duration.ofMinutes(1);

  /** Kafka's own bound on transactions, unless a broker has another. */
  static final Duration LONGEST_TRANSACTION = Duration.ofMinutes(15);

  private static final Duration TO_COMMIT = Duration.ofSeconds(10);

  /** What fits into a transaction beside the longest commit interval. */
  static final Duration PASS_OF_A_TRANSACTION = LONGEST_TRANSACTION.minusSeconds(40);

  /** Kafka Streams polls again after half of it, and may have begun a pass just before. */
  Duration pollInterval() {
    return longer(SHORTEST_POLL, longestPass.multipliedBy(2));
  }

  /**
   * A transaction is open until the commit that is due within a pass. Longer than Kafka grants
   * takes only a thread of many partitions, each with nothing but the slowest records.
   */
  public Duration transactionTimeout(Duration commitInterval) {
    var untilCommit = longestPass.plus(CommitRequester.backgroundInterval(commitInterval));
    var needed = longer(SHORTEST_TRANSACTION, untilCommit.plus(TO_COMMIT));
    return needed.compareTo(LONGEST_TRANSACTION) > 0 ? LONGEST_TRANSACTION : needed;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
