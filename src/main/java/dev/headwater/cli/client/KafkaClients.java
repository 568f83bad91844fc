package dev.headwater.cli.client;

import java.util.Collection;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/** Opens Kafka clients towards one broker; keys and values are bytes. */
public interface KafkaClients {
  /**
   * Checks that the broker responds and has the topics.
   *
   * @throws CommandFailedException within about ten seconds otherwise
   */
  void require(Collection<String> topics);

  /** An idempotent producer that waits for all replicas. The caller closes it. */
  Producer<byte[], byte[]> producer();

  /** A consumer outside any group that reads committed records only. The caller closes it. */
  Consumer<byte[], byte[]> consumer();
}
