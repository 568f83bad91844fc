package dev.headwater.cli.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.headwater.event.DeadLetterHeaders;
import dev.headwater.topics.TopicNames;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The records that dead letters were, where they can be sent again.
 *
 * @param topics the only ones that count; a letter's headers come from outside
 * @param partitions of the images and the labels topic
 */
record OriginalRecords(TopicNames topics, Set<TopicPartition> partitions) {
  private static final Set<String> LEFT_OUT =
      Stream.concat(
              DeadLetterHeaders.ADDED.stream(),
              Stream.of(
                  DeadLetterHeaders.RETRIED,
                  DeadLetterHeaders.RETRIED_PARTITION,
                  DeadLetterHeaders.RETRIED_OFFSET))
          .collect(Collectors.toUnmodifiableSet());

  static OriginalRecords of(TopicNames topics, Producer<?, ?> producer) {
    return new OriginalRecords(
        topics,
        Stream.of(topics.images(), topics.labels())
            .flatMap(topic -> producer.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .collect(Collectors.toUnmodifiableSet()));
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
   * The record that a letter was: to the partition that it came from, since only the sender knows
   * how its key was mapped to it; by its key where the topic has no such partition.
   */
  ProducerRecord<byte[], byte[]> of(ConsumerRecord<byte[], byte[]> letter) {
    var topic = DeadLetter.header(letter, DeadLetterHeaders.TOPIC).orElseThrow();
    Integer partition =
        DeadLetter.originPartition(letter)
            .filter(number -> partitions.contains(new TopicPartition(topic, number)))
            .orElse(null);
    byte[] key = topic.equals(topics.images()) ? imageKey(topic, letter) : letter.key();
    var headers = headers(letter.headers());
    if (topic.equals(topics.labels())) {
      headers.add(DeadLetterHeaders.RETRIED, "true".getBytes(UTF_8));
    }
    return new ProducerRecord<>(topic, partition, key, letter.value(), headers);
  }

  /**
   * The key of an image, by which the service calls one whose event has no id. One without a key
   * either is called by its position, which sending it again would change: the position becomes its
   * key. An id in the headers or in the value goes before either.
   */
  private static byte[] imageKey(String topic, ConsumerRecord<byte[], byte[]> letter) {
    var partition = DeadLetter.originPartition(letter);
    var offset = DeadLetter.number(letter, DeadLetterHeaders.OFFSET);
    boolean hasKey = letter.key() != null && letter.key().length > 0;
    return hasKey || partition.isEmpty() || offset.isEmpty()
        ? letter.key()
        : "%s-%d-%d".formatted(topic, partition.get(), offset.get()).getBytes(UTF_8);
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
