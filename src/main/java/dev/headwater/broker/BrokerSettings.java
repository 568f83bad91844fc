package dev.headwater.broker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The Kafka settings of a single durable node on a laptop, which may be killed at any time. */
final class BrokerSettings {
  static final int NODE_ID = 1;
  static final String CONTROLLER_LISTENER = "CONTROLLER";

  private static final int MIB = 1 << 20;

  private BrokerSettings() {}

  static Map<String, String> of(Path log, BrokerPorts ports, Map<String, String> extra) {
    var settings = new HashMap<>(ofAnyNode());
    settings.putAll(node(log, ports));
    settings.putAll(extra);
    return settings;
  }

  /** Those that do not say where it listens and writes. */
  static Map<String, String> ofAnyNode() {
    var settings = new HashMap<String, String>();
    settings.putAll(singleReplica());
    settings.putAll(sizes());
    settings.putAll(times());
    settings.putAll(threads());
    settings.put("auto.create.topics.enable", "false");
    return settings;
  }

  /** Static voters: with them the ports may change from one start to the next. */
  private static Map<String, String> node(Path log, BrokerPorts ports) {
    String clients = "PLAINTEXT://%s:%d".formatted(BrokerPorts.HOST, ports.clients());
    String controller = "%s:%d".formatted(BrokerPorts.HOST, ports.controller());
    return Map.of(
        "process.roles",
        "broker,controller",
        "node.id",
        Integer.toString(NODE_ID),
        "controller.quorum.voters",
        NODE_ID + "@" + controller,
        "controller.listener.names",
        CONTROLLER_LISTENER,
        "listeners",
        clients + "," + CONTROLLER_LISTENER + "://" + controller,
        "advertised.listeners",
        clients,
        "inter.broker.listener.name",
        "PLAINTEXT",
        "listener.security.protocol.map",
        "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "log.dirs",
        log.toString());
  }

  /** Few partitions of the internal topics: each costs files, and time after a kill. */
  private static Map<String, String> singleReplica() {
    return Map.of(
        "default.replication.factor", "1",
        "min.insync.replicas", "1",
        "offsets.topic.replication.factor", "1",
        "offsets.topic.num.partitions", "4",
        "transaction.state.log.replication.factor", "1",
        "transaction.state.log.min.isr", "1",
        "transaction.state.log.num.partitions", "4",
        "share.coordinator.state.topic.replication.factor", "1",
        "share.coordinator.state.topic.min.isr", "1",
        "share.coordinator.state.topic.num.partitions", "1");
  }

  private static Map<String, String> sizes() {
    return Map.of(
        "message.max.bytes", Integer.toString(32 * MIB),
        "replica.fetch.max.bytes", Integer.toString(32 * MIB),
        "log.segment.bytes", Integer.toString(128 * MIB),
        "log.cleaner.dedupe.buffer.size", Integer.toString(16 * MIB));
  }

  /**
   * A short session fences the registration of a killed predecessor soon. Committed offsets are
   * kept for ten years, since a laptop may stay off for longer than Kafka's week.
   */
  private static Map<String, String> times() {
    return Map.of(
        "broker.session.timeout.ms",
        "2000",
        "broker.heartbeat.interval.ms",
        "500",
        "group.initial.rebalance.delay.ms",
        "0",
        "log.retention.hours",
        Long.toString(Duration.ofDays(7).toHours()),
        "offsets.retention.minutes",
        Long.toString(Duration.ofDays(3650).toMinutes()),
        "server.max.startup.time.ms",
        Long.toString(EmbeddedBroker.STARTUP_LIMIT.toMillis()));
  }

  private static Map<String, String> threads() {
    return Map.of(
        "num.network.threads", "2",
        "num.io.threads", "4",
        "background.threads", "2",
        "num.recovery.threads.per.data.dir", "2",
        "group.coordinator.threads", "1",
        "log.cleaner.threads", "1");
  }
}
