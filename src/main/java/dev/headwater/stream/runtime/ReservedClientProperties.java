package dev.headwater.stream.runtime;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Refuses those of Kafka's own properties that an operator may not set: those that would break a
 * guarantee, and those that would have no effect. Most may be set, such as security, addresses,
 * request timeouts, batching and compression.
 */
final class ReservedClientProperties {
  /** What Kafka Streams puts before a property for one kind of client. */
  private static final Set<String> KINDS =
      Set.of(
          "consumer.",
          "producer.",
          "admin.",
          "main.consumer.",
          "restore.consumer.",
          "global.consumer.");

  private static final String TOPIC = "topic.";

  private static final String GUARANTEE = "exactly-once processing depends on it";
  private static final String NAMES =
      "it names this instance, and its group, transactions and internal topics, among others";
  private static final String DERIVED = "it follows from the limits on images";
  private static final String HANDLER = "a record that fails must stop the stream, not be skipped";
  private static final String STATE = "state in Kafka depends on it";

  /** The values that may be given, which apply anyway. */
  private static final Map<String, Set<String>> ONLY =
      Map.of(
          "isolation.level", Set.of("read_committed"),
          "enable.idempotence", Set.of("true"),
          "acks", Set.of("all", "-1"),
          "enable.auto.commit", Set.of("false"),
          "auto.offset.reset", Set.of("earliest"),
          "processing.guarantee", Set.of("exactly_once_v2"),
          "group.protocol", Set.of("classic"));

  private static final Map<String, String> OWN = own();

  private ReservedClientProperties() {}

  private static Map<String, String> own() {
    var own = new TreeMap<String, String>();
    all(
        own,
        NAMES,
        """
        application.id application.server client.id group.id group.instance.id
        transactional.id
        """);
    all(
        own,
        DERIVED,
        """
        max.poll.records max.poll.interval.ms transaction.timeout.ms
        buffered.records.per.partition max.partition.fetch.bytes fetch.max.bytes
        max.request.size buffer.memory
        """);
    all(
        own,
        HANDLER,
        """
        production.exception.handler default.production.exception.handler
        processing.exception.handler deserialization.exception.handler
        default.deserialization.exception.handler errors.dead.letter.queue.topic.name
        processing.exception.handler.global.enabled
        """);
    all(
        own,
        STATE,
        """
        topology.optimization rocksdb.config.setter state.cleanup.delay.ms
        default.timestamp.extractor statestore.cache.max.bytes default.dsl.store
        dsl.store.suppliers.class key.serializer value.serializer key.deserializer
        value.deserializer default.key.serde default.value.serde
        partition.assignment.strategy task.assignor.class partitioner.class
        transaction.two.phase.commit.enable max.task.idle.ms upgrade.from
        """);
    setting(own, "num.stream.threads", "inference-threads and headwater.stream.learner-threads");
    setting(own, "num.standby.replicas", "standbys");
    setting(own, "commit.interval.ms", "commit-interval");
    setting(own, "session.timeout.ms", "session-timeout");
    setting(own, "heartbeat.interval.ms", "session-timeout");
    own.put("replication.factor", "set headwater.topics.replication-factor instead");
    own.put("state.dir", "set headwater.data instead");
    return own;
  }

  private static void all(Map<String, String> own, String why, String names) {
    for (String name : names.strip().split("\\s+")) {
      own.put(name, "Headwater sets it, since " + why);
    }
  }

  private static void setting(Map<String, String> own, String name, String key) {
    own.put(name, "set headwater.stream." + key + " instead");
  }

  /**
   * Checks properties.
   *
   * @throws IllegalArgumentException with a sentence on the first, by name, that may not be set
   */
  static void check(Map<String, String> properties) {
    new TreeMap<>(properties).forEach(ReservedClientProperties::check);
  }

  private static void check(String name, String value) {
    if (name.startsWith(TOPIC)) {
      throw refused(name, value, "expected not to be set: Headwater sets it, since " + STATE);
    }
    String bare = bare(name);
    var only = ONLY.get(bare);
    if (only != null && !only.contains(value.strip().toLowerCase(Locale.ROOT))) {
      String expected = only.size() == 1 ? only.iterator().next() : "all";
      throw refused(name, value, "expected %s, since %s".formatted(expected, GUARANTEE));
    }
    if (OWN.containsKey(bare)) {
      throw refused(name, value, "expected not to be set: " + OWN.get(bare));
    }
  }

  private static String bare(String name) {
    return KINDS.stream()
        .filter(name::startsWith)
        .findFirst()
        .map(kind -> name.substring(kind.length()))
        .orElse(name);
  }

  private static IllegalArgumentException refused(String name, String value, String why) {
    return new IllegalArgumentException(
        "kafka.%s (KAFKA_%s) is %s, %s; remove it"
            .formatted(name, name.toUpperCase(Locale.ROOT).replace('.', '_'), value, why));
  }
}
