package dev.headwater.cli.deadletters;

import dev.headwater.event.DeadLetterHeaders;
import dev.headwater.topics.TopicNames;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Which dead letters can be sent again, and as what.
 *
 * @param topics the only ones that count; a letter's headers come from outside
 * @param partitions of the images and the labels topic
 */
record RetryRules(TopicNames topics, Set<TopicPartition> partitions) {
  private static final Set<String> LEFT_OUT = leftOut();

  private static Set<String> leftOut() {
    var names = new HashSet<>(DeadLetterHeaders.ADDED);
    names.add(DeadLetterHeaders.RETRIED_PARTITION);
    names.add(DeadLetterHeaders.RETRIED_OFFSET);
    return Set.copyOf(names);
  }

  /** What keeps a letter from being sent again; empty if nothing does. */
  Optional<Obstacle> obstacle(ConsumerRecord<byte[], byte[]> letter) {
    var origin = DeadLetter.header(letter, DeadLetterHeaders.TOPIC).orElse("");
    if (origin.equals(topics.examples())) {
      return Optional.of(Obstacle.INTERNAL);
    }
    if (!origin.equals(topics.images()) && !origin.equals(topics.labels())) {
      return Optional.of(Obstacle.ORIGIN_UNKNOWN);
    }
    return DeadLetter.isLeftOut(letter) ? Optional.of(Obstacle.VALUE_LEFT_OUT) : Optional.empty();
  }

  /**
   * The record that a letter was: to the partition that it came from, since only whoever sent it
   * knows how its key became that one; by its key where the topic has no such partition.
   */
  ProducerRecord<byte[], byte[]> original(ConsumerRecord<byte[], byte[]> letter) {
    var topic = DeadLetter.header(letter, DeadLetterHeaders.TOPIC).orElseThrow();
    Integer partition =
        DeadLetter.originPartition(letter)
            .filter(number -> partitions.contains(new TopicPartition(topic, number)))
            .orElse(null);
    return new ProducerRecord<>(
        topic, partition, letter.key(), letter.value(), headers(letter.headers()));
  }

  private static Headers headers(Headers found) {
    var original = new RecordHeaders();
    for (var header : found) {
      if (!LEFT_OUT.contains(header.key())) {
        original.add(header);
      }
    }
    return original;
  }
}
