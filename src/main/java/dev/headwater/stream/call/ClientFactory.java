package dev.headwater.stream.call;

import static org.apache.kafka.clients.consumer.ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.AUTO_OFFSET_RESET_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.ISOLATION_LEVEL_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.ACKS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.BOOTSTRAP_SERVERS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.BUFFER_MEMORY_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.CLIENT_ID_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.LINGER_MS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.MAX_BLOCK_MS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.MAX_REQUEST_SIZE_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG;

import dev.headwater.stream.runtime.StreamSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Opens the Kafka clients that serve callers beside the stream. */
final class ClientFactory {
  /** How long a call waits for an acknowledgement. */
  static final Duration DELIVERY = Duration.ofSeconds(10);

  private static final int REQUEST_MS = 4_000;
  private static final int BLOCK_MS = 5_000;
  private static final String CONSUMER = "consumer.";
  private static final String PRODUCER = "producer.";

  private ClientFactory() {}

  static Producer<byte[], byte[]> producer(StreamSettings settings) {
    var properties = of(settings, PRODUCER);
    properties.put(ACKS_CONFIG, "all");
    properties.put(ENABLE_IDEMPOTENCE_CONFIG, true);
    properties.put(LINGER_MS_CONFIG, 0);
    properties.put(MAX_REQUEST_SIZE_CONFIG, settings.kafka().maxRecordBytes());
    properties.put(BUFFER_MEMORY_CONFIG, 2L * settings.kafka().maxRecordBytes());
    properties.put(MAX_BLOCK_MS_CONFIG, BLOCK_MS);
    properties.put(REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MS);
    properties.put(DELIVERY_TIMEOUT_MS_CONFIG, (int) DELIVERY.toMillis());
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Returns a consumer without a group. */
  static Consumer<byte[], byte[]> consumer(StreamSettings settings) {
    var properties = of(settings, CONSUMER);
    properties.put(ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(AUTO_OFFSET_RESET_CONFIG, "latest");
    properties.put(ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static Map<String, Object> of(StreamSettings settings, String kind) {
    var given = settings.kafka().clientProperties();
    var properties = new HashMap<String, Object>(given);
    given.forEach(
        (name, value) -> {
          if (name.startsWith(kind)) {
            properties.put(name.substring(kind.length()), value);
          }
        });
    properties.put(BOOTSTRAP_SERVERS_CONFIG, settings.kafka().bootstrapServers());
    properties.put(
        CLIENT_ID_CONFIG,
        settings.instance().applicationPrefix() + "http-" + settings.instance().id());
    return properties;
  }
}
