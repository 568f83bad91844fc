package dev.headwater;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.headwater.snapshot.SafetensorsByHand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A stranger's producer and consumer on the service's broker. */
final class KafkaUnderTest implements AutoCloseable {
  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> consumer;

  KafkaUnderTest(String bootstrap) {
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap, "acks", "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  void send(String topic, String key, byte[] value) {
    Eventually.done(producer.send(new ProducerRecord<>(topic, key.getBytes(UTF_8), value)));
  }

  List<String> keys(String topic) {
    return read(topic).stream().map(found -> new String(found.key(), UTF_8)).toList();
  }

  Map<String, String> headerByKey(String topic, String name) {
    return read(topic).stream()
        .collect(
            Collectors.toMap(
                found -> new String(found.key(), UTF_8),
                found -> new String(found.headers().lastHeader(name).value(), UTF_8)));
  }

  /** Returns how many examples each snapshot on a topic has learnt. */
  List<String> snapshotExamples(String topic) {
    return read(topic).stream()
        .map(found -> new SafetensorsByHand(found.value()).metadata("examples"))
        .toList();
  }

  /** Returns what a topic has now. */
  private List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    var partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    var ends = consumer.endOffsets(partitions);
    var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
    while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
      consumer.poll(Duration.ofMillis(100)).forEach(records::add);
    }
    return records;
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
    consumer.close();
  }
}
