package dev.headwater.cli.client;

import java.util.Collection;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/** Other clients, for a test to change one of their answers. */
public abstract class ForwardingClients implements KafkaClients {
  private final KafkaClients others;

  protected ForwardingClients(KafkaClients others) {
    this.others = others;
  }

  @Override
  public void require(Collection<String> topics) {
    others.require(topics);
  }

  @Override
  public Producer<byte[], byte[]> producer() {
    return others.producer();
  }

  @Override
  public Consumer<byte[], byte[]> consumer() {
    return others.consumer();
  }
}
