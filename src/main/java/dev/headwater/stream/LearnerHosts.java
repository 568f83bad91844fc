package dev.headwater.stream;

import dev.headwater.learner.model.LearnerByteStores;
import dev.headwater.stream.AdaptationStreams.NotReadyException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.TaskMetadata;
import org.apache.kafka.streams.ThreadMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;

/**
 * Finds the instance that has a model's learner, by the addresses that instances advertise.
 *
 * <p>Kafka Streams says which instance a partition is assigned to, which is not yet the one that
 * has it during a rebalance; and of two instances with the same address it knows one. So an
 * instance looks among its own tasks before it says that a learner is here.
 */
public final class LearnerHosts {
  /** State of a thread that has its tasks. */
  private static final String RUNNING = "RUNNING";

  private final KafkaStreams learner;
  private final String examples;
  private final Optional<String> own;

  /**
   * @param examples topic whose partitions are assigned
   * @param own address of this instance; empty if it advertises none, and so is alone
   */
  LearnerHosts(KafkaStreams learner, String examples, Optional<String> own) {
    this.learner = learner;
    this.examples = examples;
    this.own = own;
  }

  /** The address that this instance advertises; empty if it advertises none. */
  public Optional<String> own() {
    return own;
  }

  /**
   * Returns the address of the other instance that has a model's learner, or would have it; empty
   * if that is this one.
   *
   * @throws NotReadyException during a rebalance
   */
  public Optional<String> otherHost(String model) {
    if (own.isEmpty()) {
      return Optional.empty();
    }
    var found =
        known(
            () ->
                learner.queryMetadataForKey(
                    LearnerByteStores.PROGRESS, model, new StringSerializer()));
    String address = address(found);
    if (!own.get().equals(address)) {
      return Optional.of(address);
    }
    requireHere(Set.of(found.partition()));
    return Optional.empty();
  }

  /**
   * Returns the addresses of all other instances that learn, with the partitions assigned to each.
   *
   * @throws NotReadyException while that is not known, or this instance does not have its own
   *     partitions yet
   */
  public Map<String, Set<Integer>> others() {
    if (own.isEmpty()) {
      return Map.of();
    }
    var hosts = new TreeMap<String, Set<Integer>>();
    int count = partitions();
    for (int partition = 0; partition < count; partition++) {
      hosts.computeIfAbsent(address(of(partition)), address -> new TreeSet<>()).add(partition);
    }
    requireHere(Optional.ofNullable(hosts.remove(own.get())).orElse(Set.of()));
    return hosts;
  }

  /**
   * Requires that the learners of partitions are here.
   *
   * @throws NotReadyException if one is not
   */
  public void requireHere(Set<Integer> partitions) {
    var here = partitions(running(learner::metadataForLocalThreads));
    if (!here.containsAll(partitions)) {
      throw new NotReadyException(
          "learners are being moved, or several instances advertise %s; if that stays, give each its own headwater.http.advertised, where the others reach it"
              .formatted(own.orElse("the same address")));
    }
  }

  /**
   * Returns whether all tasks are assigned and no learner is here, as happens with more instances
   * than partitions.
   *
   * @throws NotReadyException if the learner application does not run
   */
  boolean hasNone() {
    var threads = running(learner::metadataForLocalThreads);
    boolean settled =
        !threads.isEmpty()
            && threads.stream().allMatch(thread -> thread.threadState().equals(RUNNING));
    return settled && partitions(threads).isEmpty();
  }

  private Set<Integer> partitions(Set<ThreadMetadata> threads) {
    return threads.stream()
        .flatMap(thread -> thread.activeTasks().stream())
        .map(TaskMetadata::topicPartitions)
        .flatMap(Set::stream)
        .filter(found -> found.topic().equals(examples))
        .map(TopicPartition::partition)
        .collect(Collectors.toSet());
  }

  private int partitions() {
    var count = new AtomicInteger();
    known(
        () ->
            learner.queryMetadataForKey(
                LearnerByteStores.PROGRESS,
                0,
                (topic, key, value, all) -> {
                  count.set(all);
                  return Optional.of(Set.of(key));
                }));
    return count.get();
  }

  private KeyQueryMetadata of(int partition) {
    return known(
        () ->
            learner.queryMetadataForKey(
                LearnerByteStores.PROGRESS,
                partition,
                (topic, key, value, all) -> Optional.of(Set.of(key))));
  }

  private static KeyQueryMetadata known(Supplier<KeyQueryMetadata> question) {
    var found = running(question);
    if (found == null || found.equals(KeyQueryMetadata.NOT_AVAILABLE)) {
      throw new NotReadyException("learners are being assigned to instances");
    }
    return found;
  }

  /** The one exception means a rebalance, the other that the application does not run. */
  private static <T> T running(Supplier<T> question) {
    try {
      return question.get();
    } catch (InvalidStateStoreException | IllegalStateException e) {
      throw new NotReadyException(
          "the instances that have the learners are not known at the moment", e);
    }
  }

  private static String address(KeyQueryMetadata found) {
    var host = found.activeHost();
    if (host.equals(HostInfo.unavailable())) {
      throw new NotReadyException(
          "no instance has partition %d of the learners at the moment; if that stays, give each instance its own headwater.http.advertised, where the others reach it"
              .formatted(found.partition()));
    }
    boolean isIpv6 = host.host().contains(":");
    return (isIpv6 ? "[%s]:%d" : "%s:%d").formatted(host.host(), host.port());
  }
}
