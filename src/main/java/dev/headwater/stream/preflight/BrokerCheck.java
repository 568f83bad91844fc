package dev.headwater.stream.preflight;

import static org.apache.kafka.common.config.TopicConfig.RETENTION_MS_CONFIG;

import dev.headwater.stream.runtime.Batch;
import dev.headwater.stream.runtime.StreamSettings;
import dev.headwater.topics.TopicCheck;
import dev.headwater.topics.TopicInventory;
import dev.headwater.topics.TopicNames;
import dev.headwater.topics.TopicSpec;
import dev.headwater.topics.TopicsException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;

/** Compares the settings with the brokers' limits before anything starts. */
public final class BrokerCheck {
  private static final String DEFAULT_REPLICATION = "default.replication.factor";
  private static final String LONGEST_TRANSACTION = "transaction.max.timeout.ms";
  private static final String SHORTEST_SESSION = "group.min.session.timeout.ms";
  private static final String LONGEST_SESSION = "group.max.session.timeout.ms";
  private static final String LEAST_IN_SYNC = "min.insync.replicas";
  private static final String OFFSETS = "offsets.retention.minutes";

  /** As long as Kafka can keep offsets; no records are said to be kept for longer. */
  private static final long FOR_EVER = Integer.MAX_VALUE;

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
   * @return a warning if the limits may not be read, or if consumer offsets may expire before
   *     records do
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
        ? offsetWarning(brokers.configs().get(), names, topics)
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

  /** Once topics exist, the service also runs while brokers are away. */
  private void compareCount(int brokers) {
    if (settings.kafka().replicationFactor() > brokers) {
      problems.add(
          "headwater.topics.replication-factor is %d, expected at most %d, as there are that many brokers, and topics have yet to be created; lower it, or start the others"
              .formatted(settings.kafka().replicationFactor(), brokers));
    }
  }

  private void compare(Map<String, String> configs) {
    compareTransactions(configs);
    long session = settings.failover().sessionTimeout().toMillis();
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
            transaction(settings.batches().images()).toMillis(),
            transaction(settings.batches().examples()).toMillis());
    limit(configs, LONGEST_TRANSACTION)
        .filter(most -> needed > most)
        .ifPresent(
            most ->
                problems.add(
                    "a transaction may take %d ms, for the images and examples that a thread takes at once, and the brokers' %s is %d, expected at least as much; raise that, or lower headwater.image.max-pixels or headwater.stream.commit-interval, or give inference more threads"
                        .formatted(needed, LONGEST_TRANSACTION, most)));
  }

  private Duration transaction(Batch batch) {
    return batch.transactionTimeout(settings.commitInterval());
  }

  private void addSession(long found, String bound, String config, long limit) {
    problems.add(
        "headwater.stream.session-timeout is %d ms, expected %s %d ms, the brokers' %s; change either"
            .formatted(found, bound, limit, config));
  }

  /** Of internal topics, which Kafka Streams creates with this factor. */
  private void compareReplicas(Map<String, String> configs) {
    long replicas =
        settings.kafka().replicationFactor() > 0
            ? settings.kafka().replicationFactor()
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

  /**
   * Compares how long brokers keep consumer offsets with how long topics keep their records: an
   * instance that starts after the offsets have gone reads those records once more.
   *
   * @param brokers settings of the brokers
   * @param topics existing topics count as they are, others as they will be created
   * @return a sentence if topics that are read keep records for longer
   */
  static Optional<String> offsetWarning(
      Map<String, String> brokers, TopicNames names, TopicCheck topics) {
    if (!brokers.containsKey(OFFSETS)) {
      return Optional.empty();
    }
    long remembered = Long.parseLong(brokers.get(OFFSETS));
    var longer = new TreeMap<String, Long>();
    for (TopicSpec spec : topics.specs()) {
      if (names.read().anyMatch(spec.name()::equals)) {
        kept(spec, topics.found())
            .filter(minutes -> minutes > remembered)
            .ifPresent(minutes -> longer.put(spec.name(), minutes));
      }
    }
    return longer.isEmpty() ? Optional.empty() : Optional.of(offsetSentence(remembered, longer));
  }

  /** Returns for how many minutes a topic keeps records; empty where that may not be read. */
  private static Optional<Long> kept(TopicSpec spec, TopicInventory found) {
    var configs = found.has(spec.name()) ? found.configs().get(spec.name()) : spec.configs();
    return Optional.ofNullable(configs)
        .map(known -> known.get(RETENTION_MS_CONFIG))
        .map(Long::parseLong)
        .map(millis -> millis < 0 ? FOR_EVER : minutes(Duration.ofMillis(millis)));
  }

  /** A minute that has begun counts. */
  private static long minutes(Duration kept) {
    return Math.min(FOR_EVER, kept.plusMinutes(1).minusMillis(1).toMinutes());
  }

  private static String offsetSentence(long remembered, Map<String, Long> longer) {
    return ("the brokers' %s is %d, expected at least %d, as many minutes as topics keep their"
            + " records for (%s: %s): after a longer stop than the former, what is still there"
            + " would be learnt again; raise the former, lower %s of these topics and"
            + " headwater.topics.retention, or never stop for that long")
        .formatted(
            OFFSETS,
            remembered,
            Collections.max(longer.values()),
            RETENTION_MS_CONFIG,
            longer,
            RETENTION_MS_CONFIG);
  }
}
