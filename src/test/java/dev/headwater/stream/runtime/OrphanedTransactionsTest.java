package dev.headwater.stream.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.Eventually;
import dev.headwater.broker.KafkaForTests;
import dev.headwater.broker.TestBroker;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsResult;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which transactions are aborted, given the members of the group. */
class OrphanedTransactionsTest {
  private static final int UNRESPONSIVE = 99;

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
    String process = "threads.inference-" + UUID.randomUUID();
    try (var member = member("threads.inference", process + "-StreamThread-1-consumer");
        var working = transaction(process + "-1");
        var replaced = transaction(process + "-3");
        var killed = transaction("threads.inference-" + UUID.randomUUID() + "-1");
        var stranger = transaction("threads.inference-of-somebody-else-1")) {
      var transactions = new OrphanedTransactions(broker.admin(), "threads.inference");
      var none = transactions.abortOrphans(Set.of(process + "-StreamThread-2-consumer"));
      assertThat(none.aborted()).as("by one that is no member").isEmpty();
      var scan = transactions.abortOrphans(Set.of(process + "-StreamThread-1-consumer"));
      assertThat(scan.unresponsive()).isEmpty();
      assertThat(scan.aborted()).hasSize(2).contains(process + "-3").doesNotContain(process + "-1");
      working.commitTransaction();
      stranger.commitTransaction();
    }
  }

  @Test
  void shouldActOnWhatTheOthersSayWhereABrokerDoesNotAnswer() throws Exception {
    String process = "silent.inference-" + UUID.randomUUID();
    String client = process + "-StreamThread-1-consumer";
    try (var member = member("silent.inference", client);
        var replaced = transaction(process + "-3")) {
      var scan =
          new OrphanedTransactions(withAnUnresponsiveBroker(), "silent.inference")
              .abortOrphans(Set.of(client));
      assertThat(scan.aborted()).containsExactly(process + "-3");
      assertThat(scan.unresponsive()).containsOnlyKeys(UNRESPONSIVE);
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

  /** An administrator that hears nothing from a further broker when it asks for transactions. */
  private static Admin withAnUnresponsiveBroker() {
    return (Admin)
        Proxy.newProxyInstance(
            Admin.class.getClassLoader(),
            new Class<?>[] {Admin.class},
            (proxy, method, arguments) -> {
              try {
                var answer = method.invoke(broker.admin(), arguments);
                return answer instanceof ListTransactionsResult all
                    ? andAnUnresponsiveBroker(all)
                    : answer;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static ListTransactionsResult andAnUnresponsiveBroker(ListTransactionsResult real)
      throws ReflectiveOperationException {
    var brokers = new HashMap<Integer, KafkaFuture<Collection<TransactionListing>>>();
    brokers.putAll(Eventually.done(real.byBrokerId()));
    brokers.put(UNRESPONSIVE, new KafkaFutureImpl<>());
    var constructor = ListTransactionsResult.class.getDeclaredConstructor(KafkaFuture.class);
    constructor.setAccessible(true);
    return constructor.newInstance(KafkaFuture.completedFuture(brokers));
  }
}
