package dev.headwater.faults;

import dev.headwater.Eventually;
import dev.headwater.broker.TestBroker;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How much consumer groups have not committed yet of what is in their topics. */
final class GroupLag {
  private GroupLag() {}

  /**
   * Returns of each partition how many records that is; none where there is nothing left. The end
   * of a transaction takes an offset, too, which nobody commits before the next record.
   */
  static Map<TopicPartition, Long> of(TestBroker clients, String... groups) {
    var committed = new HashMap<TopicPartition, OffsetAndMetadata>();
    for (String group : groups) {
      var offsets = clients.admin().listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata();
      committed.putAll(Eventually.done(offsets));
    }
    // Afterwards: what was written meanwhile is something left.
    var asked =
        committed.keySet().stream()
            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
    var lag = new TreeMap<TopicPartition, Long>(Comparator.comparing(Object::toString));
    Eventually.done(clients.admin().listOffsets(asked).all())
        .forEach(
            (partition, end) -> {
              long from = offset(committed, partition);
              lag.put(partition, end.offset() > from ? records(clients, partition, from) : 0);
            });
    lag.values().removeIf(left -> left == 0);
    return lag;
  }

  private static long records(TestBroker clients, TopicPartition partition, long from) {
    return clients.readAll(partition.topic()).stream()
        .filter(found -> found.partition() == partition.partition() && found.offset() >= from)
        .count();
  }

  private static long offset(Map<TopicPartition, OffsetAndMetadata> committed, TopicPartition of) {
    return committed.get(of) == null ? 0 : committed.get(of).offset();
  }
}
