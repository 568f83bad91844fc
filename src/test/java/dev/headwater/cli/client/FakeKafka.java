package dev.headwater.cli.client;

import dev.headwater.event.Json;
import dev.headwater.event.Prediction;
import dev.headwater.stream.TopicNames;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Kafka in memory: Kafka's own mock clients over topics of one partition, whose predictions and
 * dead letters a test writes beforehand or as images come in.
 */
public final class FakeKafka implements KafkaClients {
  private final TopicNames topics = new TopicNames("headwater.");
  private final Set<String> missing;
  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final Map<String, Long> ends = new HashMap<>();
  private final MockProducer<byte[], byte[]> producer;
  private BiConsumer<FakeKafka, ProducerRecord<byte[], byte[]>> service = (kafka, image) -> {};

  /** Kafka without the topics named. */
  public FakeKafka(String... missing) {
    this.missing = Set.of(missing);
    this.producer =
        new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()) {
          @Override
          public synchronized Future<RecordMetadata> send(
              ProducerRecord<byte[], byte[]> image, Callback callback) {
            var sent = super.send(image, callback);
            service.accept(FakeKafka.this, image);
            return sent;
          }
        };
    for (var topic : List.of(topics.predictions(), topics.deadLetters())) {
      var partition = new TopicPartition(topic, 0);
      consumer.updatePartitions(topic, List.of(new PartitionInfo(topic, 0, null, null, null)));
      consumer.updateBeginningOffsets(Map.of(partition, 0L));
      consumer.updateEndOffsets(Map.of(partition, 0L));
    }
  }

  /** Answers each image as {@code service} does, at once. */
  public FakeKafka answering(BiConsumer<FakeKafka, ProducerRecord<byte[], byte[]>> service) {
    this.service = service;
    return this;
  }

  /** Takes nothing: each record fails with that. */
  public FakeKafka failing(RuntimeException failure) {
    producer.sendException = failure;
    return this;
  }

  /** What was sent. */
  public List<ProducerRecord<byte[], byte[]>> sent() {
    return producer.history();
  }

  /** Adds a prediction, readable once a poll comes. */
  public void predict(String imageId, String model, double probability, long version) {
    try {
      var prediction =
          new Prediction(
              imageId,
              model,
              "photo",
              probability,
              version == 0 ? Optional.empty() : Optional.of(probability >= 0.5 ? "yes" : "no"),
              0.5,
              version,
              "sha256:abc",
              false,
              Instant.parse("2026-01-02T03:04:05Z"));
      add(topics.predictions(), imageId, Json.MAPPER.writeValueAsBytes(prediction), Map.of());
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  /** Adds a dead letter, readable once a poll comes. */
  public void refuse(String imageId, String code, String message) {
    add(
        topics.deadLetters(),
        imageId,
        new byte[0],
        Map.of("error.code", code, "error.message", message));
  }

  /** Adds any record, readable once a poll comes. */
  public void add(String topic, String key, byte[] value, Map<String, String> headers) {
    long offset = ends.getOrDefault(topic, 0L);
    var added = new ConsumerRecord<>(topic, 0, offset, utf8(key), value);
    headers.forEach((name, text) -> added.headers().add(name, utf8(text)));
    ends.put(topic, offset + 1);
    if (consumer.assignment().isEmpty()) {
      consumer.updateEndOffsets(Map.of(new TopicPartition(topic, 0), offset + 1));
    }
    consumer.schedulePollTask(() -> consumer.addRecord(added));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void require(Collection<String> names) {
    for (var name : names) {
      if (missing.contains(name)) {
        throw new CommandFailedException("no topic " + name);
      }
    }
  }

  @Override
  public Producer<byte[], byte[]> producer() {
    return producer;
  }

  @Override
  public Consumer<byte[], byte[]> consumer() {
    return consumer;
  }
}
