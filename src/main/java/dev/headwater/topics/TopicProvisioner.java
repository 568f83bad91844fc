package dev.headwater.topics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates missing topics and checks existing ones, before anything reads or writes them. */
public final class TopicProvisioner {
  private static final Duration LED_WITHIN = Duration.ofSeconds(30);
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  private final Admin admin;
  private final Collection<TopicSpec> specs;
  private final short replicationFactor;

  /**
   * What the provisioner did.
   *
   * @param created names of the topics that it created
   * @param verified names of the topics that were there and fit
   * @param partitions how many each topic has
   * @param warnings sentences on what could not be verified
   */
  public record Report(
      List<String> created,
      List<String> verified,
      Map<String, Integer> partitions,
      List<String> warnings) {
    public Report {
      partitions = Map.copyOf(partitions);
      created = List.copyOf(created);
      verified = List.copyOf(verified);
      warnings = List.copyOf(warnings);
    }
  }

  private TopicProvisioner(Admin admin, Collection<TopicSpec> specs, short replicationFactor) {
    this.admin = admin;
    this.specs = specs;
    this.replicationFactor = replicationFactor;
  }

  /**
   * Creates the topics that are missing, verifies the others, and waits until each has leaders that
   * take records. Several instances may do so at once. Where anything does not fit, nothing is
   * created.
   *
   * @param replicationFactor of the topics to create; -1 for the broker's default
   * @throws TopicsException if topics do not fit or may not be created, with a line for each
   */
  public static Report ensure(Admin admin, Collection<TopicSpec> specs, int replicationFactor) {
    return new TopicProvisioner(admin, List.copyOf(specs), (short) replicationFactor).ensure();
  }

  private Report ensure() {
    TopicCheck check = check();
    var problems = new ArrayList<>(check.problems());
    List<String> created = create(check.missing(), problems);
    if (!problems.isEmpty()) {
      throw new TopicsException(problems);
    }
    TopicInventory led = awaitLeaders();
    awaitAnswers(led);
    if (created.size() < check.missing().size()) {
      check = new TopicCheck(specs, led, replicationFactor);
      requireNone(check.problems());
    }
    List<String> verified = names().filter(name -> !created.contains(name)).toList();
    Map<String, Integer> partitions =
        names().collect(Collectors.toMap(Function.identity(), led::partitions));
    return new Report(created, verified, partitions, check.found().warnings());
  }

  private TopicCheck check() {
    return new TopicCheck(specs, TopicInventory.read(admin, names().toList()), replicationFactor);
  }

  /**
   * Creates topics, or only asks whether it might where there are problems already, and adds a
   * problem for each that it may not create. Returns the names of those created.
   */
  private List<String> create(List<TopicSpec> missing, List<String> problems) {
    boolean onlyAsk = !problems.isEmpty();
    var topics = missing.stream().map(spec -> spec.newTopic(replicationFactor)).toList();
    var options = new CreateTopicsOptions().validateOnly(onlyAsk);
    var answers =
        AdminAnswer.all(admin.createTopics(topics, options).values(), "create the topics");
    var created = new ArrayList<String>();
    for (TopicSpec spec : missing) {
      if (answers.get(spec.name()) instanceof AdminAnswer.Refusal<Void> refusal) {
        addProblem(spec, refusal.reason(), problems);
      } else if (!onlyAsk) {
        created.add(spec.name());
      }
    }
    return created;
  }

  private void addProblem(TopicSpec spec, ApiException reason, List<String> problems) {
    if (reason instanceof TopicExistsException) {
      return;
    }
    String why =
        reason instanceof AuthorizationException
            ? "this user may not create it"
            : "Kafka refused to create it (" + reason.getMessage() + ")";
    problems.add(
        "%s: missing, and %s: %s"
            .formatted(spec.name(), why, spec.createCommand(replicationFactor)));
  }

  /**
   * Returns all topics, each as it was when it had leaders: asked again, another broker might not
   * know them yet.
   */
  private TopicInventory awaitLeaders() {
    TopicInventory led = TopicInventory.none();
    long deadline = System.nanoTime() + LED_WITHIN.toNanos();
    List<String> waiting = names().toList();
    while (true) {
      TopicInventory found = TopicInventory.read(admin, waiting);
      led = led.andLed(found);
      waiting = waiting.stream().filter(name -> !found.isLed(name)).toList();
      if (waiting.isEmpty()) {
        return led;
      }
      if (System.nanoTime() > deadline) {
        requireNone(waiting.stream().map(TopicProvisioner::withoutLeader).toList());
      }
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }
  }

  /**
   * Waits until the leaders themselves answer. A broker tells clients that it leads a new partition
   * shortly before it does; an idempotent producer that sends then has its first batch refused and
   * a later one taken, and can never send the first again (KAFKA-15591).
   */
  private void awaitAnswers(TopicInventory led) {
    Map<TopicPartition, OffsetSpec> latest =
        led.allPartitions()
            .collect(Collectors.toMap(Function.identity(), p -> OffsetSpec.latest()));
    var options = new ListOffsetsOptions().timeoutMs((int) LED_WITHIN.toMillis());
    var asked = admin.listOffsets(latest, options);
    Map<TopicPartition, KafkaFuture<ListOffsetsResultInfo>> offsets =
        latest.keySet().stream()
            .collect(Collectors.toMap(Function.identity(), asked::partitionResult));
    AdminAnswer.all(offsets, "say where the topics end")
        .forEach(
            (partition, answer) -> {
              answer.orThrow(partition + " cannot be written or read");
            });
  }

  private static String withoutLeader(String name) {
    return "%s: a partition had no leader for %d s; see that all brokers run"
        .formatted(name, LED_WITHIN.toSeconds());
  }

  private static void requireNone(List<String> problems) {
    if (!problems.isEmpty()) {
      throw new TopicsException(problems);
    }
  }

  private Stream<String> names() {
    return specs.stream().map(TopicSpec::name);
  }
}
