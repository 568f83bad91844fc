package dev.headwater.stream.runtime;

import dev.headwater.topics.TopicNames;
import java.util.Map;

/**
 * How many partitions the topics have by which work is spread.
 *
 * @param images of the images topic: the width of inference
 * @param examples of the examples topic: how many learners can work at once
 */
public record Partitions(int images, int examples) {
  /**
   * @param byTopic partitions of each topic as it is, by name
   */
  public static Partitions of(TopicNames topics, Map<String, Integer> byTopic) {
    return new Partitions(byTopic.get(topics.images()), byTopic.get(topics.examples()));
  }
}
