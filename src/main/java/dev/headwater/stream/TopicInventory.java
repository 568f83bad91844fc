package dev.headwater.stream;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Which topics there are, as far as this user may see.
 *
 * @param topics the descriptions of those that exist, by name
 * @param configs their settings, by name, where they may be read
 * @param hidden those that the user may not see, existing or not
 */
record TopicInventory(
    Map<String, TopicDescription> topics,
    Map<String, Map<String, String>> configs,
    Set<String> hidden) {

  static TopicInventory read(Admin admin, Collection<String> names) {
    var topics = new LinkedHashMap<String, TopicDescription>();
    var hidden = new LinkedHashSet<String>();
    AdminAnswer.all(admin.describeTopics(names).topicNameValues(), "describe the topics")
        .forEach((name, answer) -> sort(name, answer, topics, hidden));
    return new TopicInventory(topics, configs(admin, topics.keySet()), hidden);
  }

  boolean has(String name) {
    return topics.containsKey(name);
  }

  int partitions(String name) {
    return topics.get(name).partitions().size();
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
  List<String> warnings() {
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

  private static Map<String, Map<String, String>> configs(Admin admin, Set<String> names) {
    List<ConfigResource> resources =
        names.stream().map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name)).toList();
    var configs = new LinkedHashMap<String, Map<String, String>>();
    AdminAnswer.all(admin.describeConfigs(resources).values(), "describe the topics' settings")
        .forEach(
            (resource, answer) -> {
              if (answer instanceof AdminAnswer.Value<Config> config) {
                configs.put(resource.name(), values(config.value()));
              } else if (answer instanceof AdminAnswer.Refusal<Config> refusal
                  && !(refusal.reason() instanceof AuthorizationException)) {
                throw new TopicsException(
                    "the settings of %s cannot be described: %s"
                        .formatted(resource.name(), refusal.reason().getMessage()),
                    refusal.reason());
              }
            });
    return configs;
  }

  private static Map<String, String> values(Config config) {
    return config.entries().stream()
        .filter(entry -> entry.value() != null)
        .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
  }
}
