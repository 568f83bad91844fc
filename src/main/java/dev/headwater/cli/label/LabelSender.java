package dev.headwater.cli.label;

import dev.headwater.cli.client.OutgoingLabel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;

/** Sends labels, and counts those that Kafka has acknowledged. */
final class LabelSender {
  private final String topic;
  private final BooleanSupplier stopped;
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  /** A sender to the labels topic that ends early once {@code stopped}. */
  LabelSender(String topic, BooleanSupplier stopped) {
    this.topic = topic;
    this.stopped = stopped;
  }

  /** Sends until the end, a stop or a failure, waits for what is under way, and closes. */
  void send(List<OutgoingLabel> labels, Producer<byte[], byte[]> producer) {
    try {
      for (var label : labels) {
        if (stopped.getAsBoolean() || failure.get() != null) {
          break;
        }
        sendOne(label, producer);
      }
    } finally {
      producer.close(Duration.ofSeconds(stopped.getAsBoolean() ? 5 : 60));
    }
  }

  private void sendOne(OutgoingLabel label, Producer<byte[], byte[]> producer) {
    try {
      var unused = // the callback tells
          producer.send(
              label.toRecord(topic),
              (metadata, error) -> {
                if (error == null) {
                  acknowledged.incrementAndGet();
                } else {
                  failure.compareAndSet(null, error);
                }
              });
    } catch (KafkaException e) {
      failure.compareAndSet(null, e);
    }
  }

  /** How many Kafka has acknowledged. */
  long acknowledged() {
    return acknowledged.get();
  }

  /** Why Kafka did not take one, if so. */
  Optional<Exception> failure() {
    return Optional.ofNullable(failure.get());
  }
}
