package dev.headwater.cli.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.headwater.event.Json;
import dev.headwater.event.Prediction;
import dev.headwater.topics.TopicNames;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Kafka in memory: Kafka's own mock clients over topics of one partition, whose predictions and
 * dead letters a test writes beforehand or as images come in.
 */
public final class FakeKafka implements KafkaClients {
  private final TopicNames topics = new TopicNames("headwater.");
  private final Set<String> missing;
  private final FakeLog log = new FakeLog();
  private final MockProducer<byte[], byte[]> producer;
  private final List<FakeTransactions> transactional = new ArrayList<>();
  private Predicate<ProducerRecord<byte[], byte[]>> tooLarge = outgoing -> false;
  private BiConsumer<FakeKafka, ProducerRecord<byte[], byte[]>> service = (kafka, image) -> {};

  /** Kafka without the topics named. */
  public FakeKafka(String... missing) {
    this.missing = Set.of(missing);
    this.producer =
        new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()) {
          @Override
          public synchronized Future<RecordMetadata> send(
              ProducerRecord<byte[], byte[]> event, Callback callback) {
            var sent = super.send(event, callback);
            if (event.topic().equals(topics.images())) {
              service.accept(FakeKafka.this, event);
            }
            return sent;
          }
        };
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

  /** Takes no record like that in a transaction. */
  public FakeKafka refusing(Predicate<ProducerRecord<byte[], byte[]>> tooLarge) {
    this.tooLarge = tooLarge;
    return this;
  }

  /** The producers of transactions that were opened. */
  public List<FakeTransactions> transactional() {
    return List.copyOf(transactional);
  }

  /** What was sent. */
  public List<ProducerRecord<byte[], byte[]>> sent() {
    return producer.history();
  }

  /** What was sent to one topic. */
  public List<ProducerRecord<byte[], byte[]>> sent(String topic) {
    return sent().stream().filter(event -> event.topic().equals(topic)).toList();
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
              Math.min(probability, 1 - probability),
              Math.abs(probability - 0.5) < 0.1,
              0.5,
              version,
              "sha256:abc",
              false,
              Instant.parse("2026-01-02T03:04:05Z"));
      add(topics.predictions(), imageId, Json.MAPPER.writeValueAsBytes(prediction), Map.of());
    } catch (JsonProcessingException e) {
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
    var added =
        new ConsumerRecord<>(topic, 0, log.end(topic), key == null ? null : utf8(key), value);
    headers.forEach((name, text) -> added.headers().add(name, utf8(text)));
    log.add(added);
  }

  /** Adds a dead letter as the service writes it, and returns its offset. */
  public long letter(String key, byte[] value, Map<String, String> headers) {
    var all =
        new HashMap<>(
            Map.of(
                "error.code",
                "IMAGE_CORRUPT",
                "error.message",
                "no pixels",
                "error.step",
                "decode",
                "origin.topic",
                topics.images(),
                "origin.partition",
                "0",
                "origin.offset",
                "17"));
    all.putAll(headers);
    long offset = log.end(topics.deadLetters());
    add(topics.deadLetters(), key, value, all);
    return offset;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
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

  /** Shuts out those that were opened before, at once. */
  @Override
  public Producer<byte[], byte[]> transactional(String transactionalId) {
    transactional.stream()
        .filter(opened -> !opened.closed())
        .forEach(FakeTransactions::fenceProducer);
    var opened = new FakeTransactions(log, tooLarge);
    transactional.add(opened);
    return opened;
  }

  @Override
  public Map<TopicPartition, Long> ends(String topic) {
    return Map.of(new TopicPartition(topic, 0), log.end(topic));
  }

  @Override
  public Consumer<byte[], byte[]> consumer() {
    return log.consumer(List.of(topics.predictions(), topics.deadLetters(), topics.modelEvents()));
  }
}
