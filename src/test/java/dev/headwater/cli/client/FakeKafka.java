package dev.headwater.cli.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.headwater.event.Json;
import dev.headwater.event.Prediction;
import dev.headwater.topics.TopicNames;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
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
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.RecordTooLargeException;
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
  private Predicate<ProducerRecord<byte[], byte[]>> tooLarge = outgoing -> false;
  private BiConsumer<FakeKafka, ProducerRecord<byte[], byte[]>> service = (kafka, image) -> {};

  /** Kafka without the topics named. */
  public FakeKafka(String... missing) {
    this.missing = Set.of(missing);
    var partitions = new ArrayList<PartitionInfo>();
    for (var topic : List.of(topics.images(), topics.labels(), topics.deadLetters())) {
      partitions.add(new PartitionInfo(topic, 0, null, null, null));
    }
    this.producer =
        new MockProducer<>(
            new Cluster("fake", List.of(), partitions, Set.of(), Set.of()),
            true,
            null,
            new ByteArraySerializer(),
            new ByteArraySerializer()) {
          @Override
          public synchronized Future<RecordMetadata> send(
              ProducerRecord<byte[], byte[]> event, Callback callback) {
            return take(event) ? super.send(event, callback) : refuse(callback);
          }

          @Override
          public void close(Duration timeout) {
            // The next run of a command opens it again.
          }
        };
  }

  /** Lets the service respond to an image, and readers see a note. */
  private boolean take(ProducerRecord<byte[], byte[]> event) {
    if (tooLarge.test(event)) {
      return false;
    }
    if (event.topic().equals(topics.images())) {
      service.accept(this, event);
    }
    if (event.topic().equals(topics.deadLetters())) {
      var note =
          new ConsumerRecord<>(
              event.topic(), 0, log.end(event.topic()), event.key(), event.value());
      event.headers().forEach(note.headers()::add);
      log.add(note);
    }
    return true;
  }

  private static Future<RecordMetadata> refuse(Callback callback) {
    var failure = new RecordTooLargeException("too large for the topic");
    callback.onCompletion(null, failure);
    return CompletableFuture.failedFuture(failure);
  }

  /** ImageResults each image as {@code service} does, at once. */
  public FakeKafka answering(BiConsumer<FakeKafka, ProducerRecord<byte[], byte[]>> service) {
    this.service = service;
    return this;
  }

  /** Takes nothing: each record fails with that. */
  public FakeKafka failing(RuntimeException failure) {
    producer.sendException = failure;
    return this;
  }

  /** Takes no record like that. */
  public FakeKafka refusing(Predicate<ProducerRecord<byte[], byte[]>> tooLarge) {
    this.tooLarge = tooLarge;
    return this;
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

  @Override
  public Consumer<byte[], byte[]> consumer() {
    return log.consumer(List.of(topics.predictions(), topics.deadLetters(), topics.modelEvents()));
  }
}
