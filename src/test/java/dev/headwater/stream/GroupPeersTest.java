package dev.headwater.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.Eventually;
import dev.headwater.broker.KafkaForTests;
import dev.headwater.broker.TestBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose transactions are aborted, by what Kafka says of members and transactions. */
class GroupPeersTest {
  @TempDir static Path directory;
  static TestBroker broker;

  @BeforeAll
  static void startBroker() {
    broker = KafkaForTests.start(directory.resolve("broker"));
    broker.createTopic("results", 1);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void shouldAbortWhatThreadsThatAreNoMembersLeftOpenAndNothingElse() throws Exception {
    String process = "threads.edge-" + UUID.randomUUID();
    try (var member = member("threads.edge", process + "-StreamThread-1-consumer");
        var working = transaction(process + "-1");
        var replaced = transaction(process + "-3");
        var killed = transaction("threads.edge-" + UUID.randomUUID() + "-1");
        var stranger = transaction("threads.edge-of-somebody-else-1")) {
      var peers = new GroupPeers(broker.admin(), "threads.edge");
      var none = peers.abortOrphans(Set.of(process + "-StreamThread-2-consumer"));
      assertThat(none).as("by one that is no member").isEmpty();
      var look = peers.abortOrphans(Set.of(process + "-StreamThread-1-consumer"));
      assertThat(look).hasSize(2).contains(process + "-3").doesNotContain(process + "-1");
      working.commitTransaction();
      stranger.commitTransaction();
    }
  }

  private static KafkaConsumer<byte[], byte[]> member(String group, String client) {
    var consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "group.id",
                group,
                "client.id",
                client),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.subscribe(List.of("results"));
    Eventually.get(
        "a member",
        () -> {
          consumer.poll(Duration.ofMillis(100));
          return consumer.assignment();
        },
        found -> !found.isEmpty());
    return consumer;
  }

  /** Sends one record and leaves the transaction open, for a quarter of an hour. */
  private static KafkaProducer<byte[], byte[]> transaction(String id) {
    var producer =
        broker.producer(Map.of("transactional.id", id, "transaction.timeout.ms", 900_000));
    producer.initTransactions();
    producer.beginTransaction();
    Eventually.done(producer.send(new ProducerRecord<>("results", new byte[] {1})));
    return producer;
  }
}
