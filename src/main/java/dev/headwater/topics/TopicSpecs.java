package dev.headwater.topics;

import static org.apache.kafka.common.config.TopicConfig.COMPRESSION_TYPE_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.SEGMENT_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.SEGMENT_MS_CONFIG;

import dev.headwater.topics.TopicSpec.CleanupPolicy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The topics that Headwater reads and writes, as it needs them. */
public final class TopicSpecs {
  /** Joined on the image id. */
  private static final String BY_IMAGE = "image id";

  /** Read by one learner. */
  private static final String BY_MODEL = "model";

  private static final String ANY = "";

  private static final int MIB = 1 << 20;

  /** A record of results: far below Kafka's own default of 1 MiB. */
  private static final int SMALL = MIB;

  /** A head is 0.7 MB, and 2.3 MB with a second trained layer. */
  private static final int HEAD = 8 * MIB;

  private static final Duration SNAPSHOT_RETENTION = Duration.ofDays(30);

  /** Of each partition, hence of at least one model: some 1 600 versions. */
  private static final long SNAPSHOT_BYTES = 1L << 30;

  private static final int SNAPSHOT_SEGMENT = 64 * MIB;

  private TopicSpecs() {}

  /** Returns the specifications of all topics. */
  public static List<TopicSpec> of(TopicNames names, TopicSettings settings) {
    int wide = settings.imagePartitions();
    int models = settings.modelPartitions();
    int image = settings.maxMessageBytes();
    var kept = kept(settings.retention());
    var bounded = bounded(settings);
    return List.of(
        deleted(names.images(), wide, BY_IMAGE, image, unpacked(bounded)),
        deleted(names.labels(), wide, BY_IMAGE, SMALL, unpacked(kept)),
        deleted(names.commands(), models, ANY, SMALL, unpacked(kept)),
        deleted(names.predictions(), wide, ANY, SMALL, kept),
        deleted(names.deadLetters(), wide, ANY, image, bounded),
        deleted(names.examples(), models, BY_MODEL, SMALL, kept),
        deleted(names.snapshots(), models, ANY, HEAD, snapshots()),
        deleted(names.evaluations(), models, ANY, SMALL, kept),
        deleted(names.modelEvents(), models, ANY, SMALL, kept),
        new TopicSpec(names.serving(), 1, ANY, CleanupPolicy.COMPACT, HEAD, serving()));
  }

  private static TopicSpec deleted(
      String name,
      int partitions,
      String partitioning,
      int maxMessageBytes,
      Map<String, String> configs) {
    var all = new HashMap<>(configs);
    // What producers say of an image's age must not decide how long its prediction is kept.
    all.put(MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
    return new TopicSpec(
        name, partitions, partitioning, CleanupPolicy.DELETE, maxMessageBytes, all);
  }

  /**
   * The broker unpacks compressed records, and refuses those that are too large then: its limit is
   * on what was sent, and a megabyte of zeros unpacks to a gigabyte in whoever reads it.
   */
  private static Map<String, String> unpacked(Map<String, String> configs) {
    var all = new HashMap<>(configs);
    all.put(COMPRESSION_TYPE_CONFIG, "uncompressed");
    return all;
  }

  private static Map<String, String> kept(Duration retention) {
    return Map.of(RETENTION_MS_CONFIG, Long.toString(retention.toMillis()));
  }

  private static Map<String, String> bounded(TopicSettings settings) {
    var configs = new HashMap<>(kept(settings.retention()));
    if (settings.maxImageBytes() != -1) {
      long share = Math.max(settings.maxImageBytes() / settings.imagePartitions(), 1);
      configs.put(RETENTION_BYTES_CONFIG, Long.toString(share));
    }
    return configs;
  }

  /** Whole segments are deleted, so that small ones keep close to the bound. */
  private static Map<String, String> snapshots() {
    return Map.of(
        RETENTION_MS_CONFIG, Long.toString(SNAPSHOT_RETENTION.toMillis()),
        RETENTION_BYTES_CONFIG, Long.toString(SNAPSHOT_BYTES),
        SEGMENT_BYTES_CONFIG, Integer.toString(SNAPSHOT_SEGMENT));
  }

  /**
   * Few keys with large values: Kafka compacts closed segments only, which by default a head would
   * fill after a thousand versions, and every instance reads them all when it starts.
   */
  private static Map<String, String> serving() {
    String soon = Long.toString(Duration.ofMinutes(5).toMillis());
    return Map.of(
        SEGMENT_BYTES_CONFIG,
        Integer.toString(2 * HEAD),
        SEGMENT_MS_CONFIG,
        soon,
        MAX_COMPACTION_LAG_MS_CONFIG,
        soon,
        MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
        "0.01");
  }
}
