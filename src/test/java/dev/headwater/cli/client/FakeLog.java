package dev.headwater.cli.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** Records by topic, one partition each, and the mock consumers that read them one a poll. */
final class FakeLog {
  private final Map<String, List<ConsumerRecord<byte[], byte[]>>> records = new HashMap<>();
  private final List<MockConsumer<byte[], byte[]>> consumers = new ArrayList<>();

  /** The offset of the next record. */
  long end(String topic) {
    return records.getOrDefault(topic, List.of()).size();
  }

  /** Adds a record, which those who are reading get too. */
  void add(ConsumerRecord<byte[], byte[]> added) {
    records.computeIfAbsent(added.topic(), topic -> new ArrayList<>()).add(added);
    for (var consumer : consumers) {
      offer(added, consumer);
      if (consumer.assignment().isEmpty()) {
        consumer.updateEndOffsets(Map.of(partition(added.topic()), end(added.topic())));
      }
    }
  }

  /** A new consumer, which finds the topics as they are now. */
  MockConsumer<byte[], byte[]> consumer(List<String> topics) {
    var consumer = new MockConsumer<byte[], byte[]>("earliest");
    for (var topic : topics) {
      consumer.updatePartitions(topic, List.of(new PartitionInfo(topic, 0, null, null, null)));
      consumer.updateBeginningOffsets(Map.of(partition(topic), 0L));
      consumer.updateEndOffsets(Map.of(partition(topic), end(topic)));
      records.getOrDefault(topic, List.of()).forEach(found -> offer(found, consumer));
    }
    consumers.add(consumer);
    return consumer;
  }

  private static void offer(
      ConsumerRecord<byte[], byte[]> added, MockConsumer<byte[], byte[]> consumer) {
    consumer.schedulePollTask(
        () -> {
          if (consumer.assignment().contains(partition(added.topic()))) {
            consumer.addRecord(added);
          }
        });
  }

  private static TopicPartition partition(String topic) {
    return new TopicPartition(topic, 0);
  }
}
