package dev.headwater.cli.client;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads a topic's partitions from the beginning, or from now, to the end as of the start, or for
 * ever.
 *
 * <p>The end is known from the consumer's position, not from counting records, since transaction
 * markers and aborted records take offsets too.
 *
 * @param consumer outside any group; the caller closes it
 * @param topic what to read
 * @param fromBeginning whether to start at the first record kept
 * @param follow whether to wait for more at the end
 */
public record TopicReader(
    Consumer<byte[], byte[]> consumer, String topic, boolean fromBeginning, boolean follow) {
  private static final Duration POLL = Duration.ofMillis(200);

  /** Hands over batches, empty ones too, until the end, a {@code false} from it or a stop. */
  public void forEachBatch(
      Predicate<ConsumerRecords<byte[], byte[]>> wantsMore, BooleanSupplier stopped) {
    var partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    var ends = consumer.endOffsets(partitions);
    start(partitions, ends);
    while (!stopped.getAsBoolean() && (follow || !reached(ends))) {
      var batch = consumer.poll(POLL);
      if (!wantsMore.test(follow ? batch : upTo(ends, batch))) {
        return;
      }
    }
  }

  /** Leaves out what has come since the start, which a poll for other partitions brings too. */
  private ConsumerRecords<byte[], byte[]> upTo(
      Map<TopicPartition, Long> ends, ConsumerRecords<byte[], byte[]> batch) {
    var earlier = new HashMap<TopicPartition, List<ConsumerRecord<byte[], byte[]>>>();
    for (var partition : batch.partitions()) {
      long end = ends.get(partition);
      earlier.put(
          partition,
          batch.records(partition).stream().filter(found -> found.offset() < end).toList());
      if (consumer.position(partition) >= end) {
        consumer.pause(List.of(partition));
      }
    }
    return new ConsumerRecords<>(earlier, batch.nextOffsets());
  }

  private void start(Collection<TopicPartition> partitions, Map<TopicPartition, Long> ends) {
    if (fromBeginning) {
      consumer.seekToBeginning(partitions);
    } else {
      ends.forEach(consumer::seek);
    }
  }

  private boolean reached(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }
}
