package dev.headwater.topics;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/**
 * A topic as Headwater needs it.
 *
 * @param name the full name
 * @param partitions how many to create it with
 * @param partitioning topics of the same value must have equally many partitions; empty: any number
 *     will do
 * @param cleanup what happens to old records
 * @param maxMessageBytes the largest record that it must take
 * @param extraConfigs further settings to create it with; they are not verified
 */
public record TopicSpec(
    String name,
    int partitions,
    String partitioning,
    CleanupPolicy cleanup,
    int maxMessageBytes,
    Map<String, String> extraConfigs) {

  /** The replication factor that leaves the choice to the broker. */
  public static final short BROKER_DEFAULT_REPLICATION = -1;

  /** What Kafka does with old records of a topic. */
  public enum CleanupPolicy {
    /** Deletes them by age and size. */
    DELETE("delete"),
    /** Keeps the last one of each key. */
    COMPACT("compact");

    private final String config;

    CleanupPolicy(String config) {
      this.config = config;
    }

    /** Returns the value of the topic setting {@code cleanup.policy}. */
    public String config() {
      return config;
    }
  }

  public TopicSpec {
    extraConfigs = Map.copyOf(extraConfigs);
  }

  /** Returns all settings of the topic, in alphabetical order. */
  public Map<String, String> configs() {
    var configs = new TreeMap<>(extraConfigs);
    configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, cleanup.config());
    configs.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(maxMessageBytes));
    return configs;
  }

  TopicSpec withPartitions(int count) {
    return new TopicSpec(name, count, partitioning, cleanup, maxMessageBytes, extraConfigs);
  }

  NewTopic newTopic(short replicationFactor) {
    return new NewTopic(name, partitions, replicationFactor).configs(configs());
  }

  /** Returns the command that an administrator would run to create the topic. */
  String createCommand(short replicationFactor) {
    String replication =
        replicationFactor == BROKER_DEFAULT_REPLICATION
            ? ""
            : " --replication-factor " + replicationFactor;
    String configs =
        configs().entrySet().stream()
            .map(config -> " --config %s=%s".formatted(config.getKey(), config.getValue()))
            .collect(Collectors.joining());
    return "kafka-topics.sh --bootstrap-server ... --create --topic %s --partitions %d%s%s"
        .formatted(name, partitions, replication, configs);
  }

  /** Returns the command that an administrator would run to change a setting of the topic. */
  String alterCommand(String config) {
    return "kafka-configs.sh --bootstrap-server ... --alter --topic %s --add-config %s=%s"
        .formatted(name, config, configs().get(config));
  }
}
