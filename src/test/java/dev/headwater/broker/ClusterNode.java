package dev.headwater.broker;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.utils.Time;

/**
 * One node of a KRaft cluster, broker and controller in one, in a process of its own: its settings,
 * and what that process runs. Every topic has three replicas, of which two must have a record
 * before it is acknowledged.
 */
public final class ClusterNode {
  private static final String LOG = "log.dirs";

  private ClusterNode() {}

  /**
   * Writes the settings of one node.
   *
   * @param id from 1
   * @param clients the port of each node towards clients, by id - 1
   * @param controllers the port of each node towards the other controllers
   */
  public static void configure(
      Path file, Path log, int id, List<Integer> clients, List<Integer> controllers)
      throws IOException {
    var settings = new HashMap<>(BrokerSettings.ofAnyNode());
    settings.putAll(replicas(clients.size()));
    settings.putAll(node(id, clients.get(id - 1), controllers));
    settings.put(LOG, log.toString());
    var properties = new Properties();
    properties.putAll(settings);
    try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.ISO_8859_1)) {
      properties.store(writer, null);
    }
  }

  private static Map<String, String> replicas(int nodes) {
    String all = Integer.toString(Math.min(nodes, 3));
    String least = nodes < 3 ? "1" : "2";
    return Map.of(
        "default.replication.factor", all,
        "min.insync.replicas", least,
        "offsets.topic.replication.factor", all,
        "transaction.state.log.replication.factor", all,
        "transaction.state.log.min.isr", least,
        "share.coordinator.state.topic.replication.factor", all,
        "share.coordinator.state.topic.min.isr", least,
        // Not the two seconds of a single node: three on few cores are slow without being dead.
        "broker.session.timeout.ms", "5000",
        "replica.lag.time.max.ms", "10000");
  }

  private static Map<String, String> node(int id, int port, List<Integer> controllers) {
    String host = BrokerPorts.HOST;
    String clients = "PLAINTEXT://%s:%d".formatted(host, port);
    String voters =
        IntStream.rangeClosed(1, controllers.size())
            .mapToObj(n -> "%d@%s:%d".formatted(n, host, controllers.get(n - 1)))
            .collect(Collectors.joining(","));
    return Map.of(
        "process.roles",
        "broker,controller",
        "node.id",
        Integer.toString(id),
        "controller.quorum.voters",
        voters,
        "controller.listener.names",
        BrokerSettings.CONTROLLER_LISTENER,
        "listeners",
        "%s,%s://%s:%d"
            .formatted(clients, BrokerSettings.CONTROLLER_LISTENER, host, controllers.get(id - 1)),
        "advertised.listeners",
        clients,
        "inter.broker.listener.name",
        "PLAINTEXT",
        "listener.security.protocol.map",
        "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
  }

  /**
   * Runs the node that a file of settings describes, formatting its directory at the first start,
   * until the process is killed or its standard input ends, as it does when the test dies.
   */
  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]);
    var settings = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      settings.load(reader);
    }
    if (!Files.exists(Path.of(settings.getProperty(LOG), "meta.properties"))) {
      String[] format = {"format", "--config", file.toString(), "--cluster-id=" + arguments[1]};
      if (StorageTool.execute(format, System.err) != 0) {
        throw new IOException(settings.getProperty(LOG) + " cannot be formatted");
      }
    }
    new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM).startup();
    while (System.in.read() != -1) {
      continue;
    }
    Runtime.getRuntime().halt(0);
  }
}
