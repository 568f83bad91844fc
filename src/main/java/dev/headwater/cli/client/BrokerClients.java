package dev.headwater.cli.client;

import dev.headwater.topics.AdminAnswer;
import dev.headwater.topics.TopicsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** {@link KafkaClients} of a real broker. */
public final class BrokerClients implements KafkaClients {
  /** Also the largest record that is sent: the topic's own limit decides. */
  private static final long BUFFER_BYTES = 64L << 20;

  /** Two fetch responses may be in memory at once, and a client has 512 MiB. */
  private static final int FETCH_BYTES = 32 << 20;

  private static final int RESPONSE_MILLIS = 8_000;

  private final String bootstrap;
  private final Map<String, Object> common;

  private BrokerClients(String bootstrap, Map<String, Object> common) {
    this.bootstrap = bootstrap;
    this.common = common;
  }

  /** The clients that a command's options ask for. */
  public static BrokerClients of(KafkaOptions options) {
    var common = new HashMap<String, Object>();
    options.config().ifPresent(file -> common.putAll(read(file)));
    common.put("bootstrap.servers", options.bootstrap());
    common.put("client.id", "headwater-cli");
    return new BrokerClients(options.bootstrap(), common);
  }

  private static Map<String, Object> read(Path file) {
    var properties = new Properties();
    try (var reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new CommandFailedException(
          "cannot read the Kafka client properties in %s: %s".formatted(file, e), e);
    }
    var map = new HashMap<String, Object>();
    properties.forEach((key, value) -> map.put((String) key, value));
    return map;
  }

  @Override
  public void require(Collection<String> topics) {
    var config = new HashMap<>(common);
    config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, RESPONSE_MILLIS);
    config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, RESPONSE_MILLIS);
    try (var admin = opened(() -> Admin.create(config))) {
      AdminAnswer.all(admin.describeTopics(topics).topicNameValues(), "describe topics")
          .forEach(this::requireTopic);
    } catch (TopicsException e) {
      throw unusable(e.getCause());
    }
  }

  private void requireTopic(String topic, AdminAnswer<TopicDescription> answer) {
    if (answer instanceof AdminAnswer.Refusal<TopicDescription> refusal) {
      throw refusal.reason() instanceof UnknownTopicOrPartitionException missing
          ? new CommandFailedException(
              "Kafka at %s has no topic %s: is the service up, and is --topic-prefix right?"
                  .formatted(bootstrap, topic),
              missing)
          : refused(refusal.reason());
    }
  }

  private CommandFailedException unusable(Throwable cause) {
    if (cause instanceof TimeoutException) {
      return new CommandFailedException(
          "no Kafka broker responded at %s within %d s: start one with \"headwater up\", or name it"
                  .formatted(bootstrap, RESPONSE_MILLIS / 1000)
              + " with --bootstrap or KAFKA_BOOTSTRAP_SERVERS",
          cause);
    }
    return refused(cause);
  }

  private CommandFailedException refused(Throwable cause) {
    var deepest = cause;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return new CommandFailedException(
        "Kafka at %s cannot be used: %s"
            .formatted(bootstrap, deepest instanceof IOException ? deepest : deepest.getMessage()),
        cause);
  }

  @Override
  public Producer<byte[], byte[]> producer() {
    var config = new HashMap<>(common);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
    config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, (int) BUFFER_BYTES);
    config.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 30_000);
    return opened(
        () -> new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer()));
  }

  @Override
  public Consumer<byte[], byte[]> consumer() {
    var config = new HashMap<>(common);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, RESPONSE_MILLIS);
    config.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, RESPONSE_MILLIS);
    return opened(
        () ->
            new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
  }

  private <T> T opened(Supplier<T> client) {
    try {
      return client.get();
    } catch (KafkaException e) {
      throw refused(e);
    }
  }
}
