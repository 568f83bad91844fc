package dev.headwater.topics;

import static org.apache.kafka.common.acl.AclOperation.ALL;
import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclPermissionType.ALLOW;
import static org.apache.kafka.common.acl.AclPermissionType.DENY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headwater.broker.TestBroker;
import dev.headwater.stream.preflight.BrokerCheck;
import dev.headwater.stream.preflight.BrokerCheckTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a broker with an authorizer: what a user without rights on the topics is told. */
class TopicProvisionerWithoutRightsTest {
  private static final int TOPICS = (int) TopicNames.withDefaultPrefix().all().count();

  private static final ResourcePattern CLUSTER =
      new ResourcePattern(ResourceType.CLUSTER, "kafka-cluster", PatternType.LITERAL);

  /** What no rule is about, everyone may do. */
  private static final Map<String, String> AUTHORIZER =
      Map.of(
          "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
          "allow.everyone.if.no.acl.found", "true");

  private static final List<AclBinding> RULES =
      List.of(
          acl(CLUSTER, ALL, ALLOW),
          acl(CLUSTER, CREATE, DENY),
          acl(CLUSTER, DESCRIBE_CONFIGS, DENY),
          acl(topics("uncreatable."), ALL, ALLOW),
          acl(topics("uncreatable."), CREATE, DENY),
          acl(topics("hidden."), DESCRIBE, DENY),
          acl(topics("unreadable."), ALL, ALLOW),
          acl(topics("unreadable."), DESCRIBE_CONFIGS, DENY));

  @TempDir static Path dir;
  private static TestBroker broker;

  /** Rules hold from the start on: a running authorizer takes them over some time later. */
  @BeforeAll
  static void startBrokerWithRules() throws Exception {
    try (var ruled = TestBroker.start(dir, AUTHORIZER)) {
      var specs = TopicSpecs.of(new TopicNames("unreadable."), TopicSettings.defaults());
      TopicProvisioner.ensure(ruled.admin(), specs, 1);
      ruled.admin().createAcls(RULES).all().get();
    }
    broker = TestBroker.start(dir, AUTHORIZER);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void shouldListTopicsThatUserMayNotCreate() {
    var names = new TopicNames("uncreatable.");
    var failure = failure(names);
    assertThat(failure.problems()).hasSize(TOPICS);
    assertThat(failure)
        .hasMessageContaining(
            "uncreatable.serving: missing, and this user may not create it: kafka-topics.sh"
                + " --bootstrap-server ... --create --topic uncreatable.serving --partitions 1"
                + " --config cleanup.policy=compact --config max.compaction.lag.ms=300000"
                + " --config max.message.bytes=8388608");
  }

  @Test
  void shouldListTopicsThatUserMayNotSee() {
    assertThat(failure(new TopicNames("hidden.")).problems())
        .hasSize(TOPICS)
        .allMatch(line -> line.contains(": this user may not see it; grant READ or WRITE on it"));
  }

  @Test
  void shouldWarnWhereSettingsMayNotBeRead() {
    var names = new TopicNames("unreadable.");
    var specs = TopicSpecs.of(names, TopicSettings.defaults());
    TopicProvisioner.Report report = TopicProvisioner.ensure(broker.admin(), specs, 1);
    assertThat(report.verified()).hasSize(TOPICS);
    assertThat(report.warnings())
        .hasSize(TOPICS)
        .contains(
            "unreadable.images: its settings could not be verified, since this user may not read"
                + " them (DESCRIBE_CONFIGS)");
  }

  @Test
  void shouldWarnWhereTheBrokersSettingsMayNotBeRead() {
    assertThat(
            BrokerCheck.verify(
                broker.admin(),
                BrokerCheckTest.settings(Duration.ofSeconds(6), 1),
                TopicNames.withDefaultPrefix(),
                List.of()))
        .contains(
            "the brokers' limits on sessions, transactions and offsets could not be compared with"
                + " the settings, since this user may not read them (DESCRIBE_CONFIGS on the"
                + " cluster)");
  }

  private static TopicsException failure(TopicNames names) {
    var specs = TopicSpecs.of(names, TopicSettings.defaults());
    return catchThrowableOfType(
        TopicsException.class, () -> TopicProvisioner.ensure(broker.admin(), specs, -1));
  }

  private static ResourcePattern topics(String prefix) {
    return new ResourcePattern(ResourceType.TOPIC, prefix, PatternType.PREFIXED);
  }

  private static AclBinding acl(
      ResourcePattern resource, AclOperation operation, AclPermissionType permission) {
    return new AclBinding(
        resource, new AccessControlEntry("User:ANONYMOUS", "*", operation, permission));
  }
}
