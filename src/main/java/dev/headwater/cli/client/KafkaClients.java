package dev.headwater.cli.client;

import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;

/** Opens Kafka clients towards one broker; keys and values are bytes. */
public interface KafkaClients {
  /**
   * Checks that the broker answers and has the topics.
   *
   * @throws CommandFailedException within about ten seconds otherwise
   */
  void require(Collection<String> topics);

  /** An idempotent producer that waits for all replicas. The caller closes it. */
  Producer<byte[], byte[]> producer();

  /**
   * A producer of transactions, of which there is one for each id: {@code initTransactions} ends
   * what the one before left open, and shuts that one out. The caller closes it.
   */
  Producer<byte[], byte[]> transactional(String transactionalId);

  /** Where each partition of a topic ends, with what is not committed yet. */
  Map<TopicPartition, Long> ends(String topic);

  /** A consumer outside any group that reads committed records only. The caller closes it. */
  Consumer<byte[], byte[]> consumer();
}
