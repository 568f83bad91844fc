package dev.headwater.stream.preflight;

import static org.apache.kafka.common.config.TopicConfig.RETENTION_MS_CONFIG;

import dev.headwater.topics.TopicCheck;
import dev.headwater.topics.TopicInventory;
import dev.headwater.topics.TopicNames;
import dev.headwater.topics.TopicSpec;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds out that brokers forget how far the work had got before topics forget the records: whoever
 * starts again after that long reads these once more, and learns them twice.
 */
final class OffsetCheck {
  private static final String OFFSETS = "offsets.retention.minutes";

  /** As long as Kafka can keep offsets; no records are said to be kept for longer. */
  private static final long FOR_EVER = Integer.MAX_VALUE;

  private OffsetCheck() {}

  /**
   * Compares the two.
   *
   * @param brokers settings of the brokers
   * @param topics those that there are count as they are, others as they will be created
   * @return a sentence if topics that are read keep records for longer
   */
  static Optional<String> problem(
      Map<String, String> brokers, TopicNames names, TopicCheck topics) {
    if (!brokers.containsKey(OFFSETS)) {
      return Optional.empty();
    }
    long remembered = Long.parseLong(brokers.get(OFFSETS));
    var longer = new TreeMap<String, Long>();
    for (TopicSpec spec : topics.specs()) {
      if (names.read().anyMatch(spec.name()::equals)) {
        kept(spec, topics.found())
            .filter(minutes -> minutes > remembered)
            .ifPresent(minutes -> longer.put(spec.name(), minutes));
      }
    }
    return longer.isEmpty() ? Optional.empty() : Optional.of(sentence(remembered, longer));
  }

  /** Returns for how many minutes a topic keeps records; empty where that may not be read. */
  private static Optional<Long> kept(TopicSpec spec, TopicInventory found) {
    var configs = found.has(spec.name()) ? found.configs().get(spec.name()) : spec.configs();
    return Optional.ofNullable(configs)
        .map(known -> known.get(RETENTION_MS_CONFIG))
        .map(Long::parseLong)
        .map(millis -> millis < 0 ? FOR_EVER : minutes(Duration.ofMillis(millis)));
  }

  /** A minute that has begun counts. */
  private static long minutes(Duration kept) {
    return Math.min(FOR_EVER, kept.plusMinutes(1).minusMillis(1).toMinutes());
  }

  private static String sentence(long remembered, Map<String, Long> longer) {
    return ("the brokers' %s is %d, expected at least %d, as many minutes as topics keep their"
            + " records for (%s: %s): after a longer stop than the former, what is still there"
            + " would be learnt again; raise the former, lower %s of these topics and"
            + " headwater.topics.retention, or never stop for that long")
        .formatted(
            OFFSETS,
            remembered,
            Collections.max(longer.values()),
            RETENTION_MS_CONFIG,
            longer,
            RETENTION_MS_CONFIG);
  }
}
