package dev.headwater.topics;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Which topics there are, as far as this user may see.
 *
 * @param topics the descriptions of those that exist, by name
 * @param configs their settings, by name, where they may be read
 * @param hidden those that the user may not see, existing or not
 */
public record TopicInventory(
    Map<String, TopicDescription> topics,
    Map<String, Map<String, String>> configs,
    Set<String> hidden) {

  public static TopicInventory read(Admin admin, Collection<String> names) {
    var topics = new LinkedHashMap<String, TopicDescription>();
    var hidden = new LinkedHashSet<String>();
    AdminAnswer.all(admin.describeTopics(names).topicNameValues(), "describe the topics")
        .forEach((name, answer) -> sort(name, answer, topics, hidden));
    return new TopicInventory(topics, configs(admin, topics), hidden);
  }

  public static TopicInventory none() {
    return new TopicInventory(Map.of(), Map.of(), Set.of());
  }

  /** Returns these, and those of another inventory that can be written and read. */
  TopicInventory andLed(TopicInventory other) {
    var allTopics = new LinkedHashMap<>(topics);
    var allConfigs = new LinkedHashMap<>(configs);
    other.topics.keySet().stream()
        .filter(other::isLed)
        .forEach(
            name -> {
              allTopics.put(name, other.topics.get(name));
              Optional.ofNullable(other.configs.get(name))
                  .ifPresent(found -> allConfigs.put(name, found));
            });
    return new TopicInventory(allTopics, allConfigs, hidden);
  }

  public boolean has(String name) {
    return topics.containsKey(name);
  }

  public int partitions(String name) {
    return topics.get(name).partitions().size();
  }

  /** Returns the partitions of all topics. */
  Stream<TopicPartition> allPartitions() {
    return topics.values().stream()
        .flatMap(
            topic ->
                topic.partitions().stream()
                    .map(partition -> new TopicPartition(topic.name(), partition.partition())));
  }

  /** Returns how many brokers keep the partition that the fewest keep. */
  int replicas(String name) {
    return topics.get(name).partitions().stream()
        .mapToInt(partition -> partition.replicas().size())
        .min()
        .orElse(0);
  }

  /** Tells whether the topic is there and can be written and read. */
  boolean isLed(String name) {
    return has(name)
        && topics.get(name).partitions().stream()
            .allMatch(partition -> partition.leader() != null && !partition.leader().isEmpty());
  }

  /** Returns a sentence for each topic whose settings may not be read. */
  public List<String> warnings() {
    return topics.keySet().stream()
        .filter(name -> !configs.containsKey(name))
        .map(
            name ->
                name
                    + ": its settings could not be verified, since this user may not read them"
                    + " (DESCRIBE_CONFIGS)")
        .toList();
  }

  private static void sort(
      String name,
      AdminAnswer<TopicDescription> answer,
      Map<String, TopicDescription> topics,
      Set<String> hidden) {
    if (answer instanceof AdminAnswer.Value<TopicDescription> description) {
      topics.put(name, description.value());
    } else if (answer instanceof AdminAnswer.Refusal<TopicDescription> refusal) {
      if (refusal.reason() instanceof AuthorizationException) {
        hidden.add(name);
      } else if (!(refusal.reason() instanceof UnknownTopicOrPartitionException)) {
        throw new TopicsException(
            name + " cannot be described: " + refusal.reason().getMessage(), refusal.reason());
      }
    }
  }

  /**
   * Reads the settings of topics, and takes those away that the broker asked has not heard of: on a
   * cluster a new topic is known to one broker before it is to another.
   */
  private static Map<String, Map<String, String>> configs(
      Admin admin, Map<String, TopicDescription> topics) {
    List<ConfigResource> resources =
        topics.keySet().stream()
            .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
            .toList();
    var configs = new LinkedHashMap<String, Map<String, String>>();
    AdminAnswer.all(admin.describeConfigs(resources).values(), "describe the topics' settings")
        .forEach(
            (resource, answer) -> {
              if (answer instanceof AdminAnswer.Value<Config> config) {
                configs.put(resource.name(), values(config.value()));
              } else if (answer instanceof AdminAnswer.Refusal<Config> refusal) {
                refused(resource.name(), refusal.reason(), topics);
              }
            });
    return configs;
  }

  private static void refused(
      String name, ApiException reason, Map<String, TopicDescription> topics) {
    if (reason instanceof UnknownTopicOrPartitionException) {
      topics.remove(name);
    } else if (!(reason instanceof AuthorizationException)) {
      throw new TopicsException(
          "the settings of %s cannot be described: %s".formatted(name, reason.getMessage()),
          reason);
    }
  }

  private static Map<String, String> values(Config config) {
    return config.entries().stream()
        .filter(entry -> entry.value() != null)
        .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
  }
}
