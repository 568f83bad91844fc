package dev.headwater.stream.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.Eventually;
import dev.headwater.broker.KafkaForTests;
import dev.headwater.broker.TestBroker;
import dev.headwater.stream.RunningAdaptation;
import dev.headwater.stream.TestImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kafka Streams names clients, transactions and static members as {@link OrphanedTransactions}
 * parses them. No contract says so: this fails if a new version of Kafka does otherwise.
 */
class KafkaStreamsNamesTest {
  private static final String APPLICATION = "names.inference";

  @Test
  void shouldDeriveTheTransactionsOfLivingThreadsFromTheirConsumers(@TempDir Path directory)
      throws Exception {
    try (var broker = KafkaForTests.start(directory.resolve("broker"));
        var running = new RunningAdaptation(broker, "names.", directory.resolve("state"))) {
      running.send(TestImage.unlabelled("one"));
      running.awaitPrediction("one");
      var transactions = new OrphanedTransactions(broker.admin(), APPLICATION);
      Set<String> derived =
          members(broker).stream()
              .flatMap(member -> transactions.transactionOf(member.clientId()).stream())
              .collect(Collectors.toSet());
      assertThat(derived).as("one for each thread").hasSize(2);
      assertThat(transactionsOf(broker)).containsExactlyInAnyOrderElementsOf(derived);
      assertThat(derived).allMatch(transactions::isOfThread);
      assertThat(transactions.hasOthers("test-1")).as("beside this instance").isFalse();
      assertThat(transactions.hasOthers("test-2")).as("beside another one").isTrue();
    }
  }

  private static List<MemberDescription> members(TestBroker broker) {
    var groups = broker.admin().describeConsumerGroups(List.of(APPLICATION)).all();
    return List.copyOf(Eventually.done(groups).get(APPLICATION).members());
  }

  /** Those that are open, and those that have ended. */
  private static Set<String> transactionsOf(TestBroker broker) {
    return Eventually.done(broker.admin().listTransactions().all()).stream()
        .map(TransactionListing::transactionalId)
        .filter(id -> id.startsWith(APPLICATION))
        .collect(Collectors.toSet());
  }
}
