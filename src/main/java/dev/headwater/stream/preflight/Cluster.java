package dev.headwater.stream.preflight;

import dev.headwater.topics.AdminAnswer;
import dev.headwater.topics.TopicsException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;

/**
 * The brokers of a cluster.
 *
 * @param count how many are alive
 * @param configs the settings of one of them; empty where this user may not read them
 */
public record Cluster(int count, Optional<Map<String, String>> configs) {
  private static final String REQUEST = "describe the brokers";

  /** What speaks Kafka's protocol without being Kafka may give no id. */
  private static final String UNNAMED = "unnamed";

  /**
   * Returns the id that a cluster gave itself when it was set up, and keeps.
   *
   * @throws TopicsException if no broker answers
   */
  public static String id(Admin admin) {
    return Objects.requireNonNullElse(
        AdminAnswer.required(admin.describeCluster().clusterId(), REQUEST), UNNAMED);
  }

  static Cluster read(Admin admin) {
    var nodes = AdminAnswer.required(admin.describeCluster().nodes(), REQUEST);
    return new Cluster(nodes.size(), configs(admin, nodes.stream().map(Node::id).toList()));
  }

  /**
   * Asks one broker after the other until one answers: they are configured alike, and one that has
   * died is listed for some seconds more.
   */
  static Optional<Map<String, String>> configs(Admin admin, List<Integer> brokers) {
    try {
      return configs(admin, brokers.get(0));
    } catch (TopicsException e) {
      if (brokers.size() == 1) {
        throw e;
      }
      return configs(admin, brokers.subList(1, brokers.size()));
    }
  }

  private static Optional<Map<String, String>> configs(Admin admin, int broker) {
    var resource = new ConfigResource(ConfigResource.Type.BROKER, Integer.toString(broker));
    var answers = AdminAnswer.all(admin.describeConfigs(List.of(resource)).values(), REQUEST);
    var answer = answers.get(resource);
    if (answer instanceof AdminAnswer.Refusal<Config> refusal
        && refusal.reason() instanceof AuthorizationException) {
      return Optional.empty();
    }
    var entries =
        answer.orThrow("the settings of broker %d cannot be described".formatted(broker)).entries();
    return Optional.of(
        entries.stream()
            .filter(entry -> entry.value() != null)
            .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value)));
  }
}
