package dev.headwater.topics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.ForwardingAdmin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.internals.KafkaFutureImpl;

/**
 * An administrator to whom the leader of a topic's last partition does not answer, though it is
 * known to lead.
 */
final class LateLeader extends ForwardingAdmin {
  private final String topic;
  private final List<TopicPartition> asked = new ArrayList<>();

  LateLeader(String bootstrapServers, String topic) {
    super(Map.of("bootstrap.servers", bootstrapServers));
    this.topic = topic;
  }

  /** Returns the partitions whose leaders were asked, as often as they were. */
  List<TopicPartition> asked() {
    return List.copyOf(asked);
  }

  @Override
  public ListOffsetsResult listOffsets(
      Map<TopicPartition, OffsetSpec> partitions, ListOffsetsOptions options) {
    asked.addAll(partitions.keySet());
    var late =
        partitions.keySet().stream()
            .filter(partition -> partition.topic().equals(topic))
            .mapToInt(TopicPartition::partition)
            .max();
    var real = super.listOffsets(partitions, options);
    var answers = new HashMap<TopicPartition, KafkaFuture<ListOffsetsResultInfo>>();
    partitions
        .keySet()
        .forEach(partition -> answers.put(partition, real.partitionResult(partition)));
    late.ifPresent(last -> answers.put(new TopicPartition(topic, last), unanswered()));
    return new ListOffsetsResult(answers);
  }

  private static KafkaFuture<ListOffsetsResultInfo> unanswered() {
    var future = new KafkaFutureImpl<ListOffsetsResultInfo>();
    future.completeExceptionally(new TimeoutException("no leader yet"));
    return future;
  }
}
