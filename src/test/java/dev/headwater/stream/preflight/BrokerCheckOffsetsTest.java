package dev.headwater.stream.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.broker.TestBroker;
import dev.headwater.topics.TopicCheck;
import dev.headwater.topics.TopicInventory;
import dev.headwater.topics.TopicNames;
import dev.headwater.topics.TopicProvisioner;
import dev.headwater.topics.TopicSettings;
import dev.headwater.topics.TopicSpec;
import dev.headwater.topics.TopicSpecs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long brokers remember what was read, and topics what there is to read. */
class BrokerCheckOffsetsTest {
  private static final TopicNames NAMES = new TopicNames("in.");
  private static final int KAFKAS_DEFAULT = 10_080;

  private static List<TopicSpec> specs(Duration retention) {
    return TopicSpecs.of(NAMES, new TopicSettings(4, 4, retention, 1 << 20, -1));
  }

  private static Optional<String> ofNewTopics(long offsetMinutes, Duration retention) {
    var topics = new TopicCheck(specs(retention), TopicInventory.none(), (short) -1);
    var brokers = Map.of("offsets.retention.minutes", Long.toString(offsetMinutes));
    return BrokerCheck.offsetWarning(brokers, NAMES, topics);
  }

  @Test
  void shouldFindNothingBetweenKafkasDefaultsAndOurs() {
    assertThat(ofNewTopics(KAFKAS_DEFAULT, TopicSettings.defaults().retention())).isEmpty();
  }

  @Test
  void shouldFindNothingWhereBrokersDoNotSay() {
    var topics = new TopicCheck(specs(Duration.ofDays(30)), TopicInventory.none(), (short) -1);
    assertThat(BrokerCheck.offsetWarning(Map.of(), NAMES, topics)).isEmpty();
  }

  @Test
  void shouldNameBothSettingsAndTheTopics() {
    assertThat(ofNewTopics(1_440, Duration.ofDays(7)))
        .contains(
            "the brokers' offsets.retention.minutes is 1440, expected at least 10080, as many"
                + " minutes as topics keep their records for (retention.ms: {in.commands=10080,"
                + " in.examples=10080, in.images=10080, in.labels=10080}): after a longer stop than"
                + " the former, what is still there would be learnt again; raise the former, lower"
                + " retention.ms of these topics and headwater.topics.retention, or never stop for"
                + " that long");
    assertThat(ofNewTopics(KAFKAS_DEFAULT, Duration.ofDays(7).plusMillis(1))).isPresent();
  }

  @Test
  void shouldReadWhatARealBrokerKeeps(@TempDir Path directory) {
    var minutes = Map.of("offsets.retention.minutes", Integer.toString(KAFKAS_DEFAULT));
    try (var broker = TestBroker.start(directory, minutes)) {
      var specs = specs(Duration.ofDays(8));
      assertThat(warning(broker, specs).orElseThrow())
          .contains("is 10080, expected at least 11520");
      TopicProvisioner.ensure(broker.admin(), specs(Duration.ofDays(1)), 1);
      assertThat(warning(broker, specs)).isEmpty();
      broker.alterTopic(NAMES.predictions(), "retention.ms", "-1");
      assertThat(warning(broker, specs)).isEmpty();
      broker.alterTopic(NAMES.labels(), "retention.ms", "-1");
      assertThat(warning(broker, specs).orElseThrow())
          .contains("(retention.ms: {in.labels=2147483647})");
    }
  }

  @Test
  void shouldTakeTheLongestThatKafkaRemembersForEver(@TempDir Path directory) {
    var minutes = Map.of("offsets.retention.minutes", Integer.toString(Integer.MAX_VALUE));
    try (var broker = TestBroker.start(directory, minutes)) {
      var specs = specs(Duration.ofDays(1));
      TopicProvisioner.ensure(broker.admin(), specs, 1);
      broker.alterTopic(NAMES.images(), "retention.ms", "-1");
      assertThat(warning(broker, specs)).isEmpty();
    }
  }

  private static Optional<String> warning(TestBroker broker, List<TopicSpec> specs) {
    var settings = BrokerCheckTest.settings(Duration.ofSeconds(6), 1);
    return BrokerCheck.verify(broker.admin(), settings, NAMES, specs);
  }
}
