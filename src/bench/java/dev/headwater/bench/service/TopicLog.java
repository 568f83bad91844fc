package dev.headwater.bench.service;

import dev.headwater.cli.client.CommandFailedException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads whole topics, from the first record that is kept to the last one. */
final class TopicLog {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration STALLED = Duration.ofSeconds(60);

  private final BenchBroker broker;

  TopicLog(BenchBroker broker) {
    this.broker = broker;
  }

  /** Returns the topics whose names begin so, in order of their names. */
  List<String> named(String prefix) {
    try {
      return broker.admin().listTopics().names().get().stream()
          .filter(name -> name.startsWith(prefix))
          .sorted()
          .toList();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailedException("interrupted while the topics were listed", e);
    } catch (ExecutionException e) {
      throw new CommandFailedException("cannot list the topics: " + e.getCause(), e);
    }
  }

  /** Returns where the next record of each partition will be. */
  Map<TopicPartition, Long> ends(List<String> topics) {
    try (var consumer = broker.consumer("read_uncommitted")) {
      return consumer.endOffsets(partitions(consumer, topics));
    }
  }

  /**
   * Counts all that topics were sent from some offsets on, of transactions that were aborted too.
   */
  List<TopicBytes> count(List<String> topics, Map<TopicPartition, Long> from) {
    var counted = new TreeMap<String, TopicBytes>();
    topics.forEach(topic -> counted.put(topic, new TopicBytes(topic, 0, 0)));
    read(
        topics,
        "read_uncommitted",
        found -> {
          if (isFrom(found, from)) {
            counted.computeIfPresent(found.topic(), (topic, sum) -> sum.plus(size(found)));
          }
        });
    return List.copyOf(counted.values());
  }

  /** Whether a record is not before some offsets. */
  static boolean isFrom(ConsumerRecord<byte[], byte[]> found, Map<TopicPartition, Long> from) {
    return found.offset()
        >= from.getOrDefault(new TopicPartition(found.topic(), found.partition()), 0L);
  }

  /** Bytes of key and value. */
  static long size(ConsumerRecord<byte[], byte[]> found) {
    return Math.max(0, found.serializedKeySize()) + Math.max(0, found.serializedValueSize());
  }

  /** Reads all records that topics have now; those of a partition come in their order. */
  void read(
      List<String> topics, String isolation, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    try (var consumer = broker.consumer(isolation)) {
      var partitions = partitions(consumer, topics);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      long last = System.nanoTime();
      while (isBehind(consumer, ends)) {
        var found = consumer.poll(POLL);
        found.forEach(reader);
        if (!found.isEmpty()) {
          last = System.nanoTime();
        } else if (System.nanoTime() - last > STALLED.toNanos()) {
          throw new CommandFailedException("%s cannot be read to the end".formatted(topics));
        }
      }
    }
  }

  private static List<TopicPartition> partitions(
      KafkaConsumer<byte[], byte[]> consumer, List<String> topics) {
    return topics.stream()
        .flatMap(topic -> consumer.partitionsFor(topic).stream())
        .map(info -> new TopicPartition(info.topic(), info.partition()))
        .toList();
  }

  private static boolean isBehind(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
  }
}
