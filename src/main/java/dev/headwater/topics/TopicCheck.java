package dev.headwater.topics;

import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MAX_MESSAGE_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG;

import dev.headwater.topics.TopicSpec.CleanupPolicy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;

/**
 * Compares the topics that there are with the topics as they should be.
 *
 * @param specs the topics as they should be
 * @param found the topics that there are
 * @param replicationFactor for the commands in the messages; -1 for the broker's default
 */
public record TopicCheck(
    Collection<TopicSpec> specs, TopicInventory found, short replicationFactor) {

  /** Looks at the topics that there are; the commands leave the replicas to the broker. */
  public static TopicCheck of(Admin admin, Collection<TopicSpec> specs) {
    var names = specs.stream().map(TopicSpec::name).toList();
    return new TopicCheck(
        specs, TopicInventory.read(admin, names), TopicSpec.BROKER_DEFAULT_REPLICATION);
  }

  /** Returns those to create, with as many partitions as those they must match. */
  public List<TopicSpec> missing() {
    return specs.stream()
        .filter(spec -> !found.has(spec.name()) && !found.hidden().contains(spec.name()))
        .map(this::matchingPeers)
        .toList();
  }

  /** Returns a line for each topic that does not fit, with the command that fixes it. */
  public List<String> problems() {
    return specs.stream().flatMap(spec -> problem(spec).stream()).toList();
  }

  private Optional<String> problem(TopicSpec spec) {
    if (found.hidden().contains(spec.name())) {
      return Optional.of(
          "%s: this user may not see it; grant READ or WRITE on it, and create it unless it exists: %s"
              .formatted(spec.name(), matchingPeers(spec).createCommand(replicationFactor)));
    }
    if (!found.has(spec.name())) {
      return Optional.empty();
    }
    var problems = new ArrayList<String>();
    partitionProblem(spec).ifPresent(problems::add);
    Optional.ofNullable(found.configs().get(spec.name()))
        .ifPresent(configs -> addConfigProblems(spec, configs, problems));
    return problems.isEmpty()
        ? Optional.empty()
        : Optional.of(spec.name() + ": " + String.join("; ", problems));
  }

  private Optional<String> partitionProblem(TopicSpec spec) {
    int count = found.partitions(spec.name());
    return widestPeer(spec)
        .filter(peer -> found.partitions(peer.name()) != count)
        .map(
            peer ->
                ("has %d partitions, %d expected as %s has, since both are keyed by %s:"
                        + " kafka-topics.sh --bootstrap-server ... --alter --topic %s --partitions %d")
                    .formatted(
                        count,
                        found.partitions(peer.name()),
                        peer.name(),
                        spec.partitioning(),
                        spec.name(),
                        found.partitions(peer.name())));
  }

  private void addConfigProblems(
      TopicSpec spec, Map<String, String> configs, List<String> problems) {
    String cleanup = configs.getOrDefault(CLEANUP_POLICY_CONFIG, "");
    if (!fits(cleanup, spec.cleanup())) {
      problems.add(
          mismatch(spec, CLEANUP_POLICY_CONFIG, cleanup, "expected " + spec.cleanup().config()));
    }
    replicaProblem(spec, configs).ifPresent(problems::add);
    String largest = configs.getOrDefault(MAX_MESSAGE_BYTES_CONFIG, "0");
    if (Long.parseLong(largest) < spec.maxMessageBytes()) {
      problems.add(
          mismatch(
              spec,
              MAX_MESSAGE_BYTES_CONFIG,
              largest,
              "expected at least " + spec.maxMessageBytes()));
    }
  }

  /** With fewer replicas than must have a record, none can be written. */
  private Optional<String> replicaProblem(TopicSpec spec, Map<String, String> configs) {
    int replicas = found.replicas(spec.name());
    int least = Integer.parseInt(configs.getOrDefault(MIN_IN_SYNC_REPLICAS_CONFIG, "1"));
    return least <= replicas
        ? Optional.empty()
        : Optional.of(
            ("%s is %d, expected at most %d, as many replicas as it has: kafka-configs.sh"
                    + " --bootstrap-server ... --alter --topic %s --add-config %s=%d")
                .formatted(
                    MIN_IN_SYNC_REPLICAS_CONFIG,
                    least,
                    replicas,
                    spec.name(),
                    MIN_IN_SYNC_REPLICAS_CONFIG,
                    replicas));
  }

  private static String mismatch(TopicSpec spec, String config, String value, String expected) {
    return "%s is %s, %s: %s"
        .formatted(config, value.isEmpty() ? "empty" : value, expected, spec.alterCommand(config));
  }

  /** A log may be kept for ever, never compacted; a table may only be compacted. */
  private static boolean fits(String cleanup, CleanupPolicy expected) {
    Set<String> policies = Set.of(cleanup.replace(" ", "").split(",", -1));
    return switch (expected) {
      case DELETE -> !policies.contains(CleanupPolicy.COMPACT.config());
      case COMPACT -> policies.equals(Set.of(CleanupPolicy.COMPACT.config()));
    };
  }

  private TopicSpec matchingPeers(TopicSpec spec) {
    return widestPeer(spec)
        .map(peer -> spec.withPartitions(found.partitions(peer.name())))
        .orElse(spec);
  }

  /**
   * Returns the existing topic with the most partitions among those that must have equally many.
   */
  private Optional<TopicSpec> widestPeer(TopicSpec spec) {
    if (spec.partitioning().isEmpty()) {
      return Optional.empty();
    }
    return specs.stream()
        .filter(peer -> peer.partitioning().equals(spec.partitioning()) && found.has(peer.name()))
        .max(Comparator.comparingInt(peer -> found.partitions(peer.name())));
  }
}
