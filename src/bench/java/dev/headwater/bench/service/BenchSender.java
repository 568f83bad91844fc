package dev.headwater.bench.service;

import dev.headwater.cli.client.CommandFailedException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Sends records and does not wait for each; the end fails if Kafka refused any, since a benchmark
 * would wait for it in vain.
 */
final class BenchSender implements AutoCloseable {
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  BenchSender(KafkaProducer<byte[], byte[]> producer) {
    this.producer = producer;
  }

  int partitions(String topic) {
    return producer.partitionsFor(topic).size();
  }

  void send(ProducerRecord<byte[], byte[]> message) {
    producer.send(
        message,
        (metadata, refused) -> {
          if (refused != null) {
            failure.compareAndSet(null, refused);
          }
        });
  }

  /**
   * Waits until Kafka has answered for all that was sent.
   *
   * @throws CommandFailedException if it did not take all
   */
  @Override
  public void close() {
    producer.close();
    Exception refused = failure.get();
    if (refused != null) {
      throw new CommandFailedException("Kafka did not take all that was sent: " + refused, refused);
    }
  }
}
