package dev.headwater.stream.preflight;

import dev.headwater.stream.runtime.BatchLimits;
import dev.headwater.stream.runtime.StreamSettings;
import dev.headwater.topics.TopicCheck;
import dev.headwater.topics.TopicNames;
import dev.headwater.topics.TopicSpec;
import dev.headwater.topics.TopicsException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;

/** Compares what the settings ask of brokers with what these grant, before anything is begun. */
public final class BrokerCheck {
  private static final String DEFAULT_REPLICATION = "default.replication.factor";
  private static final String LONGEST_TRANSACTION = "transaction.max.timeout.ms";
  private static final String SHORTEST_SESSION = "group.min.session.timeout.ms";
  private static final String LONGEST_SESSION = "group.max.session.timeout.ms";
  private static final String LEAST_IN_SYNC = "min.insync.replicas";

  private final StreamSettings settings;
  private final List<String> problems = new ArrayList<>();

  private BrokerCheck(StreamSettings settings) {
    this.settings = settings;
  }

  /**
   * Asks a broker for its limits.
   *
   * @param names those of all topics
   * @param specs the topics as they should be
   * @return a sentence if they may not be read, and so could not be compared; or if they may forget
   *     after a long stop how far the work had got
   * @throws IllegalArgumentException with a sentence for each setting that the brokers do not grant
   * @throws TopicsException if no broker answers
   */
  public static Optional<String> verify(
      Admin admin, StreamSettings settings, TopicNames names, Collection<TopicSpec> specs) {
    var brokers = Cluster.read(admin);
    var topics = TopicCheck.of(admin, specs);
    var problems = problems(settings, brokers, topics);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "Kafka's brokers do not grant what is configured:\n  " + String.join("\n  ", problems));
    }
    return brokers.configs().isPresent()
        ? OffsetCheck.problem(brokers.configs().get(), names, topics)
        : Optional.of(
            "the brokers' limits on sessions, transactions and offsets could not be compared with"
                + " the settings, since this user may not read them (DESCRIBE_CONFIGS on the"
                + " cluster)");
  }

  /** Returns a sentence for each setting that the brokers do not grant. */
  static List<String> problems(StreamSettings settings, Cluster brokers, TopicCheck topics) {
    var check = new BrokerCheck(settings);
    brokers.configs().ifPresent(check::compare);
    if (!topics.missing().isEmpty()) {
      check.compareCount(brokers.count());
    }
    return List.copyOf(check.problems);
  }

  /** Once topics are there, the work goes on while brokers are away. */
  private void compareCount(int brokers) {
    if (settings.replicationFactor() > brokers) {
      problems.add(
          "headwater.topics.replication-factor is %d, expected at most %d, as there are that many brokers, and topics have yet to be created; lower it, or start the others"
              .formatted(settings.replicationFactor(), brokers));
    }
  }

  private void compare(Map<String, String> configs) {
    compareTransactions(configs);
    long session = settings.sessionTimeout().toMillis();
    limit(configs, SHORTEST_SESSION)
        .filter(least -> session < least)
        .ifPresent(least -> addSession(session, "at least", SHORTEST_SESSION, least));
    limit(configs, LONGEST_SESSION)
        .filter(most -> session > most)
        .ifPresent(most -> addSession(session, "at most", LONGEST_SESSION, most));
    compareReplicas(configs);
  }

  private void compareTransactions(Map<String, String> configs) {
    long needed =
        Math.max(
            transaction(settings.work().images()).toMillis(),
            transaction(settings.work().examples()).toMillis());
    limit(configs, LONGEST_TRANSACTION)
        .filter(most -> needed > most)
        .ifPresent(
            most ->
                problems.add(
                    "a transaction may take %d ms, for the images and examples that a thread takes at once, and the brokers' %s is %d, expected at least as much; raise that, or lower headwater.image.max-pixels or headwater.stream.commit-interval, or give inference more threads"
                        .formatted(needed, LONGEST_TRANSACTION, most)));
  }

  private Duration transaction(BatchLimits.Pace pace) {
    return pace.transactionTimeout(settings.commitInterval());
  }

  private void addSession(long found, String bound, String config, long limit) {
    problems.add(
        "headwater.stream.session-timeout is %d ms, expected %s %d ms, the brokers' %s; change either"
            .formatted(found, bound, limit, config));
  }

  /** Of internal topics, which Kafka Streams creates with this factor. */
  private void compareReplicas(Map<String, String> configs) {
    long replicas =
        settings.replicationFactor() > 0
            ? settings.replicationFactor()
            : limit(configs, DEFAULT_REPLICATION).orElse(1L);
    limit(configs, LEAST_IN_SYNC)
        .filter(least -> least > replicas)
        .ifPresent(
            least ->
                problems.add(
                    "topics are created with %d replicas (headwater.topics.replication-factor, or else the brokers' %s), expected at least %d, the brokers' %s, or nothing can be written; raise the former or lower the latter"
                        .formatted(replicas, DEFAULT_REPLICATION, least, LEAST_IN_SYNC)));
  }

  private static Optional<Long> limit(Map<String, String> configs, String name) {
    return Optional.ofNullable(configs.get(name)).map(Long::parseLong);
  }
}
