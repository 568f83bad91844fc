package dev.headwater.stream.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.broker.TestBroker;
import dev.headwater.stream.runtime.StreamSettings;
import dev.headwater.stream.runtime.TestSettings;
import dev.headwater.topics.TopicCheck;
import dev.headwater.topics.TopicInventory;
import dev.headwater.topics.TopicNames;
import dev.headwater.topics.TopicProvisioner;
import dev.headwater.topics.TopicSettings;
import dev.headwater.topics.TopicSpec;
import dev.headwater.topics.TopicSpecs;
import dev.headwater.topics.TopicsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is configured and what brokers grant. */
public class BrokerCheckTest {
  private static final Map<String, String> KAFKAS_DEFAULTS =
      Map.of(
          "transaction.max.timeout.ms", "900000",
          "group.min.session.timeout.ms", "6000",
          "group.max.session.timeout.ms", "1800000",
          "default.replication.factor", "1",
          "min.insync.replicas", "1");

  private static final TopicNames NAMES = new TopicNames("in.");
  private static final List<TopicSpec> SPECS = TopicSpecs.of(NAMES, TopicSettings.defaults());

  private static final TopicCheck NO_TOPICS =
      new TopicCheck(SPECS, TopicInventory.none(), (short) -1);

  public static StreamSettings settings(Duration session, int replicationFactor) {
    return TestSettings.of(
        TestSettings.instance("hw-", "one", Path.of("state")),
        new StreamSettings.Cluster("kafka:9092", 1 << 20, replicationFactor, Map.of()),
        TestSettings.THREADS,
        new StreamSettings.Failover(1, session));
  }

  private static List<String> problems(
      Duration session, int replicationFactor, int brokers, String config, String value) {
    var configs = new HashMap<>(KAFKAS_DEFAULTS);
    configs.put(config, value);
    return BrokerCheck.problems(
        settings(session, replicationFactor),
        new Cluster(brokers, Optional.of(configs)),
        NO_TOPICS);
  }

  @Test
  void shouldFindNothingAgainstKafkasDefaults() {
    var inventory = new Cluster(3, Optional.of(KAFKAS_DEFAULTS));
    assertThat(BrokerCheck.problems(settings(Duration.ofSeconds(6), 3), inventory, NO_TOPICS))
        .isEmpty();
    assertThat(BrokerCheck.problems(settings(Duration.ofSeconds(6), -1), inventory, NO_TOPICS))
        .isEmpty();
  }

  @Test
  void shouldFindTransactionsThatBrokersRefuse() {
    assertThat(problems(Duration.ofSeconds(6), 1, 1, "transaction.max.timeout.ms", "30000"))
        .singleElement()
        .asString()
        .startsWith("a transaction may take ")
        .contains(" ms, for the images and examples that a thread takes at once, and the brokers'")
        .contains("transaction.max.timeout.ms is 30000, expected at least as much; raise that, or");
  }

  @Test
  void shouldFindSessionsThatBrokersRefuse() {
    assertThat(problems(Duration.ofSeconds(6), 1, 1, "group.min.session.timeout.ms", "10000"))
        .containsExactly(
            "headwater.stream.session-timeout is 6000 ms, expected at least 10000 ms, the brokers'"
                + " group.min.session.timeout.ms; change either");
    assertThat(problems(Duration.ofMinutes(1), 1, 1, "group.max.session.timeout.ms", "30000"))
        .containsExactly(
            "headwater.stream.session-timeout is 60000 ms, expected at most 30000 ms, the brokers'"
                + " group.max.session.timeout.ms; change either");
  }

  @Test
  void shouldFindMoreReplicasThanBrokers() {
    assertThat(problems(Duration.ofSeconds(6), 3, 2, "min.insync.replicas", "2"))
        .containsExactly(
            "headwater.topics.replication-factor is 3, expected at most 2, as there are that many"
                + " brokers, and topics have yet to be created; lower it, or start the others");
  }

  @Test
  void shouldFindTopicsThatNothingCouldBeWrittenTo() {
    for (int factor : new int[] {1, -1}) {
      assertThat(problems(Duration.ofSeconds(6), factor, 3, "min.insync.replicas", "2"))
          .containsExactly(
              "topics are created with 1 replicas (headwater.topics.replication-factor, or else the"
                  + " brokers' default.replication.factor), expected at least 2, the brokers'"
                  + " min.insync.replicas, or nothing can be written; raise the former or lower the"
                  + " latter");
    }
  }

  @Test
  void shouldCompareReplicasWithBrokersWhereTheirSettingsMayNotBeRead() {
    assertThat(
            BrokerCheck.problems(
                settings(Duration.ofSeconds(6), 3), new Cluster(1, Optional.empty()), NO_TOPICS))
        .singleElement()
        .asString()
        .startsWith("headwater.topics.replication-factor is 3, expected at most 1");
  }

  @Test
  void shouldAskARealBroker(@TempDir Path directory) {
    try (var broker = TestBroker.start(directory, Map.of("transaction.max.timeout.ms", "30000"))) {
      assertThatThrownBy(() -> verify(broker, settings(Duration.ofSeconds(3), 1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(
              "Kafka's brokers do not grant what is configured:\n  a transaction")
          .hasMessageContaining("session-timeout is 3000 ms, expected at least 6000 ms");
    }
  }

  /** Of a cluster of three two may be gone; to a client it looks as this one does. */
  @Test
  void shouldGoOnWithFewerBrokersOnceTopicsAreThere(@TempDir Path directory) {
    var settings = settings(Duration.ofSeconds(6), 3);
    try (var broker = TestBroker.start(directory)) {
      assertThatThrownBy(() -> verify(broker, settings))
          .hasMessageContaining("headwater.topics.replication-factor is 3, expected at most 1");
      TopicProvisioner.ensure(broker.admin(), SPECS, 1);
      assertThat(verify(broker, settings)).isEmpty();
    }
  }

  private static Optional<String> verify(TestBroker broker, StreamSettings settings) {
    return BrokerCheck.verify(broker.admin(), settings, NAMES, SPECS);
  }

  @Test
  void shouldAskTheNextBrokerWhereOneDoesNotAnswer(@TempDir Path directory) {
    try (var broker = TestBroker.start(directory);
        var admin = impatient(broker.bootstrapServers())) {
      assertThat(Cluster.configs(admin, List.of(7, 1)))
          .hasValueSatisfying(found -> assertThat(found).containsKey("min.insync.replicas"));
      assertThatThrownBy(() -> Cluster.configs(admin, List.of(7, 8)))
          .isInstanceOf(TopicsException.class)
          .hasMessageStartingWith("Kafka did not describe the brokers: ");
    }
  }

  private static Admin impatient(String bootstrapServers) {
    return Admin.create(
        Map.of(
            "bootstrap.servers",
            bootstrapServers,
            "request.timeout.ms",
            1_000,
            "default.api.timeout.ms",
            2_000));
  }
}
