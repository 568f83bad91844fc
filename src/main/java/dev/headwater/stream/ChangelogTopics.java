package dev.headwater.stream;

import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/** How the changelogs of the learner's stores are kept: few keys, large values, written often. */
final class ChangelogTopics {
  /**
   * Small segments and an eager cleaner, so that a restore reads a few times the state's size and
   * not its whole history.
   */
  static final Map<String, String> CONFIG =
      Map.of(
          TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(64 << 20),
          TopicConfig.SEGMENT_MS_CONFIG, Long.toString(10 * 60_000),
          TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.3",
          TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG, Long.toString(10 * 60_000),
          TopicConfig.DELETE_RETENTION_MS_CONFIG, Long.toString(60 * 60_000));

  private ChangelogTopics() {}
}
