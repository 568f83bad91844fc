package dev.headwater.stream;

import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/** Settings of the changelog topics of state stores. */
final class ChangelogConfigs {
  /**
   * For few keys with large values that are written often. Small segments and an eager cleaner, so
   * that a restore reads a few times the state's size and not its whole history.
   */
  static final Map<String, String> LARGE_VALUES =
      Map.of(
          TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(64 << 20),
          TopicConfig.SEGMENT_MS_CONFIG, Long.toString(10 * 60_000),
          TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.3",
          TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG, Long.toString(10 * 60_000),
          TopicConfig.DELETE_RETENTION_MS_CONFIG, Long.toString(60 * 60_000));

  /**
   * For many keys with small values, each written once or twice and deleted a day later. Cleaned
   * when half of it is stale.
   */
  static final Map<String, String> SMALL_VALUES =
      Map.of(
          TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(64 << 20),
          TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.5",
          TopicConfig.DELETE_RETENTION_MS_CONFIG, Long.toString(60 * 60_000));

  private ChangelogConfigs() {}
}
