package dev.headwater.topics;

import java.time.Duration;

/**
 * What an operator decides about the topics.
 *
 * @param imagePartitions partitions of the topics keyed by image id: the width of inference;
 *     positive
 * @param modelPartitions partitions of the topics keyed by model: how many learners can work at
 *     once; positive
 * @param retention how long images, labels, examples and results are kept; at least a minute
 * @param maxMessageBytes the largest record of images and dead letters, headers included; at least
 *     1 MiB
 * @param maxImageBytes how much of the images is kept in all, and as much again of the dead
 *     letters; -1 for no limit
 */
public record TopicSettings(
    int imagePartitions,
    int modelPartitions,
    Duration retention,
    int maxMessageBytes,
    long maxImageBytes) {

  private static final int MIB = 1 << 20;
  private static final long GIB = 1L << 30;

  public TopicSettings {
    require(imagePartitions > 0, "imagePartitions", imagePartitions, "at least 1");
    require(modelPartitions > 0, "modelPartitions", modelPartitions, "at least 1");
    require(
        retention.compareTo(Duration.ofMinutes(1)) >= 0,
        "retention",
        retention,
        "at least one minute");
    require(maxMessageBytes >= MIB, "maxMessageBytes", maxMessageBytes, "at least 1048576");
    require(
        maxImageBytes == -1 || maxImageBytes >= maxMessageBytes,
        "maxImageBytes",
        maxImageBytes,
        "-1 or at least maxMessageBytes (%d)".formatted(maxMessageBytes));
  }

  /** Returns settings for a cluster: four partitions, a week, images of 16 MiB in base64. */
  public static TopicSettings defaults() {
    return new TopicSettings(4, 4, Duration.ofDays(7), 24 * MIB, -1);
  }

  /** Returns the defaults for a laptop: 8 GiB of images at most. */
  public static TopicSettings embedded() {
    return new TopicSettings(4, 4, Duration.ofDays(7), 24 * MIB, 8 * GIB);
  }

  private static void require(boolean holds, String name, Object found, String expected) {
    if (!holds) {
      throw new IllegalArgumentException("%s is %s, expected %s".formatted(name, found, expected));
    }
  }
}
