package dev.headwater.stream.runtime;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.Eventually;
import dev.headwater.broker.KafkaForTests;
import dev.headwater.broker.TestBroker;
import dev.headwater.event.Json;
import dev.headwater.stream.RunningAdaptation;
import dev.headwater.stream.TestImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a killed instance left open does not keep others waiting. */
class OrphanedTransactionAborterTest {
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
  void shouldAbortTheTransactionOfAnInstanceThatIsGoneAndNoOther() {
    String gone = "takeover.inference-" + UUID.randomUUID() + "-1";
    try (var killed = transaction(gone);
        var stranger = transaction("takeover.inference-of-somebody-else-1");
        var running = new RunningAdaptation(broker, "takeover.", directory.resolve("state"))) {
      Eventually.get(
          "the end of the transaction",
          OrphanedTransactionAborterTest::open,
          ids -> !ids.contains(gone));
      running.send(TestImage.unlabelled("next"));
      running.awaitPrediction("next");
      assertThatThrownBy(killed::commitTransaction)
          .isInstanceOfAny(ProducerFencedException.class, InvalidProducerEpochException.class);
      stranger.commitTransaction();
    }
  }

  /**
   * A thread that was replaced before its process was killed has a number that is not given again.
   */
  @Test
  void shouldAbortTheTransactionOfAThreadThatItsProcessHasNoMore() throws IOException {
    Path state = directory.resolve("replaced");
    try (var running = new RunningAdaptation(broker, "replaced.", state)) {
      running.send(TestImage.unlabelled("first"));
      running.awaitPrediction("first");
    }
    String gone = "replaced.inference-%s-9".formatted(process(state.resolve("replaced.inference")));
    try (var killed = transaction(gone);
        var running = new RunningAdaptation(broker, "replaced.", state)) {
      Eventually.get(
          "the end of the transaction",
          OrphanedTransactionAborterTest::open,
          ids -> !ids.contains(gone));
      running.send(TestImage.unlabelled("next"));
      running.awaitPrediction("next");
      assertThatThrownBy(killed::commitTransaction)
          .isInstanceOfAny(ProducerFencedException.class, InvalidProducerEpochException.class);
    }
  }

  private static String process(Path state) throws IOException {
    var file = state.resolve("kafka-streams-process-metadata").toFile();
    return Json.MAPPER.readTree(file).get("processId").asText();
  }

  private static Set<String> open() {
    var ongoing = new ListTransactionsOptions().filterStates(List.of(TransactionState.ONGOING));
    return Eventually.done(broker.admin().listTransactions(ongoing).all()).stream()
        .map(TransactionListing::transactionalId)
        .collect(Collectors.toSet());
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
