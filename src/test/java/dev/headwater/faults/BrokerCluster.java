package dev.headwater.faults;

import dev.headwater.Eventually;
import dev.headwater.FreePorts;
import dev.headwater.broker.ClusterNode;
import dev.headwater.broker.TestBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Uuid;

/**
 * Apache Kafka on three nodes, each a process on loopback that can be killed, stopped and started
 * again on its own directory and ports. One of them may be missing at any time.
 */
final class BrokerCluster implements AutoCloseable {
  static final int NODES = Integer.getInteger("faults.brokers", 3);

  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final Path directory;
  private final String clusterId = Uuid.randomUuid().toString();
  private final List<Integer> ports = freePorts();
  private final Map<Integer, Victim> nodes = new TreeMap<>();
  private final TestBroker clients;

  private BrokerCluster(Path directory) {
    this.directory = directory;
    this.clients = TestBroker.at(bootstrapServers());
  }

  /** Starts the nodes and waits until every one is a member. */
  static BrokerCluster start(Path directory) throws IOException {
    Files.createDirectories(directory);
    var cluster = new BrokerCluster(directory);
    var controllers = freePorts();
    for (int id = 1; id <= NODES; id++) {
      Path log = directory.resolve("node-" + id);
      ClusterNode.configure(cluster.settings(id), log, id, cluster.ports, controllers);
      cluster.startAgain(id);
    }
    cluster.awaitWhole();
    return cluster;
  }

  private static List<Integer> freePorts() {
    return Stream.generate(FreePorts::next).distinct().limit(NODES).toList();
  }

  private Path settings(int id) {
    return directory.resolve("node-" + id + ".properties");
  }

  String bootstrapServers() {
    return ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
  }

  /** Clients of the cluster, open as long as it is. */
  TestBroker clients() {
    return clients;
  }

  /** Starts a node that does not run. */
  void startAgain(int id) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(ClusterNode.class.getName(), settings(id).toString(), clusterId));
    nodes.put(
        id, Victim.start(new ProcessBuilder(command), directory.resolve("node-" + id + ".log")));
  }

  long pid(int id) {
    return nodes.get(id).pid();
  }

  /** Kills a node as {@code kill -9} does. */
  void kill(int id) {
    nodes.get(id).kill();
  }

  void stop(int id) {
    nodes.get(id).stop();
  }

  void goOn(int id) {
    nodes.get(id).goOn();
  }

  /** Waits until every node is a member, and every replica has what its leader has. */
  void awaitWhole() {
    Eventually.get("a cluster with all its replicas", PATIENCE, this::missing, List::isEmpty);
  }

  /** Returns what is not as it should be; nodes that ended by themselves are an error. */
  private List<String> missing() {
    var missing = new ArrayList<String>();
    nodes.forEach((id, node) -> requireAlive(id, node));
    try {
      int members = clients.admin().describeCluster().nodes().get().size();
      if (members < NODES) {
        missing.add("%d of %d nodes".formatted(members, NODES));
      }
      var names =
          clients.admin().listTopics(new ListTopicsOptions().listInternal(true)).names().get();
      clients.admin().describeTopics(names).allTopicNames().get().values().stream()
          .filter(BrokerCluster::lacksReplicas)
          .forEach(topic -> missing.add(topic.name()));
    } catch (java.util.concurrent.ExecutionException e) {
      missing.add(e.getCause().toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
    return missing;
  }

  private static void requireAlive(int id, Victim node) {
    if (!node.isAlive()) {
      throw new AssertionError("node %d ended by itself: %s".formatted(id, node.said()));
    }
  }

  private static boolean lacksReplicas(TopicDescription topic) {
    return topic.partitions().stream()
        .anyMatch(partition -> partition.isr().size() < partition.replicas().size());
  }

  /** Returns the ids of all nodes. */
  static IntStream ids() {
    return IntStream.rangeClosed(1, NODES);
  }

  @Override
  public void close() {
    nodes.values().forEach(Victim::kill);
    clients.close();
  }
}
