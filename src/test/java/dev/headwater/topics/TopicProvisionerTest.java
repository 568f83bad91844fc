package dev.headwater.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headwater.broker.KafkaForTests;
import dev.headwater.broker.TestBroker;
import dev.headwater.topics.TopicSpec.CleanupPolicy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

class TopicProvisionerTest {
  private static final TopicSettings SETTINGS = TopicSettings.embedded();

  @TempDir static Path dir;
  private static TestBroker broker;

  private TopicNames names;
  private String joined;
  private List<TopicSpec> specs;

  @BeforeAll
  static void startBroker() {
    broker = KafkaForTests.start(dir);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void nameTopicsAfterTest(TestInfo test) {
    names = new TopicNames(test.getTestMethod().orElseThrow().getName() + ".");
    joined = names.prefix() + "joined-to-images";
    specs = new ArrayList<>(TopicSpecs.of(names, SETTINGS));
    specs.add(new TopicSpec(joined, 4, "image id", CleanupPolicy.DELETE, 1 << 20, Map.of()));
  }

  private List<String> all() {
    return specs.stream().map(TopicSpec::name).toList();
  }

  @Test
  void shouldCreateAllTopicsAndThenOnlyVerifyThem() throws Exception {
    TopicProvisioner.Report first = ensure();
    assertThat(first.created()).containsExactlyInAnyOrderElementsOf(all());
    assertThat(first.verified()).isEmpty();
    TopicProvisioner.Report second = ensure();
    assertThat(second.created()).isEmpty();
    assertThat(second.verified()).containsExactlyInAnyOrderElementsOf(all());
    assertThat(second.warnings()).isEmpty();
    assertThat(broker.admin().describeTopics(all()).allTopicNames().get())
        .extractingByKeys(names.images(), names.serving())
        .extracting(topic -> topic.partitions().size())
        .containsExactly(4, 1);
  }

  @Test
  void shouldTakeLargestImage() throws Exception {
    ensure();
    byte[] image = new byte[20 << 20];
    new Random(1).nextBytes(image);
    try (var producer = broker.producer(Map.of())) {
      producer.send(new ProducerRecord<>(names.images(), image)).get();
    }
    byte[] arrived = broker.read(names.images(), 1).get(0).value();
    assertThat(Arrays.equals(arrived, image)).isTrue();
  }

  @Test
  void shouldGiveAJoinedTopicAsManyPartitionsAsExistingImages() {
    broker.createTopic(
        new NewTopic(names.images(), 6, (short) 1)
            .configs(Map.of("max.message.bytes", Integer.toString(SETTINGS.maxMessageBytes()))));
    assertThat(ensure().verified()).containsExactly(names.images());
    assertThat(TopicInventory.read(broker.admin(), List.of(joined)).partitions(joined))
        .isEqualTo(6);
  }

  @Test
  void shouldRefuseATopicThatNothingCanBeWrittenTo() {
    broker.createTopic(
        new NewTopic(names.serving(), 1, (short) 1)
            .configs(
                Map.of(
                    "cleanup.policy", "compact",
                    "max.message.bytes", "8388608",
                    "min.insync.replicas", "2")));
    var failure = catchThrowableOfType(TopicsException.class, this::ensure);
    assertThat(failure.problems())
        .containsExactly(
            ("%1$s: min.insync.replicas is 2, expected at most 1, as many replicas as it has:"
                    + " kafka-configs.sh --bootstrap-server ... --alter --topic %1$s --add-config"
                    + " min.insync.replicas=1")
                .formatted(names.serving()));
  }

  @Test
  void shouldListEveryMismatchAndCreateNothing() {
    broker.createTopic(
        new NewTopic(names.images(), 4, (short) 1).configs(Map.of("max.message.bytes", "1000000")));
    broker.createTopic(joined, 3);
    broker.createTopic(
        new NewTopic(names.serving(), 1, (short) 1)
            .configs(Map.of("cleanup.policy", "compact,delete")));
    var failure = catchThrowableOfType(TopicsException.class, this::ensure);
    assertThat(failure.problems()).hasSize(3);
    assertThat(failure)
        .hasMessageContaining(
            "%s: max.message.bytes is 1000000, expected at least 25165824: kafka-configs.sh",
            names.images())
        .hasMessageContaining(
            "%s: has 3 partitions, 4 expected as %s has, since both are keyed by image id:",
            joined, names.images())
        .hasMessageContaining("--alter --topic %s --partitions 4", joined)
        .hasMessageContaining("%s: cleanup.policy is ", names.serving())
        .hasMessageContaining("--add-config cleanup.policy=compact");
    assertThat(TopicInventory.read(broker.admin(), all()).topics()).hasSize(3);
  }

  @Test
  void shouldLetSeveralInstancesCreateAtOnce() throws Exception {
    var pool = Executors.newFixedThreadPool(4);
    try {
      Callable<TopicProvisioner.Report> instance = this::ensure;
      int created = 0;
      for (var report : pool.invokeAll(List.of(instance, instance, instance, instance))) {
        created += report.get().created().size();
      }
      assertThat(created).isEqualTo(specs.size());
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void shouldListTopicsThatBrokerCannotCreate() {
    assertThatThrownBy(() -> TopicProvisioner.ensure(broker.admin(), specs, 3))
        .isInstanceOf(TopicsException.class)
        .hasMessageContaining("%s: missing, and Kafka refused to create it (", names.images())
        .hasMessageContaining("--topic %s --partitions 4 --replication-factor 3", names.images());
  }

  @Test
  void shouldSaySoWhenKafkaDoesNotAnswer() {
    Map<String, Object> nowhere =
        Map.of(
            "bootstrap.servers", "127.0.0.1:1",
            "default.api.timeout.ms", 500,
            "request.timeout.ms", 400);
    try (var admin = Admin.create(nowhere)) {
      assertThatThrownBy(() -> TopicProvisioner.ensure(admin, specs, 1))
          .isInstanceOf(TopicsException.class)
          .hasMessageContaining("Kafka did not describe the topics")
          .hasMessageContaining("see that it runs and can be reached");
    }
  }

  @Test
  void shouldWaitUntilTheLeaderOfEachPartitionAnswers() {
    try (var admin = new LateLeader(broker.bootstrapServers(), names.images())) {
      assertThatThrownBy(() -> TopicProvisioner.ensure(admin, specs, 1))
          .isInstanceOf(TopicsException.class)
          .hasMessage(
              "Kafka did not say where the topics end: no leader yet; see that it runs and can be"
                  + " reached");
      var partitions = TopicInventory.read(admin, all()).allPartitions().toList();
      assertThat(admin.asked()).containsExactlyInAnyOrderElementsOf(partitions);
    }
  }

  private TopicProvisioner.Report ensure() {
    return TopicProvisioner.ensure(broker.admin(), specs, 1);
  }
}
