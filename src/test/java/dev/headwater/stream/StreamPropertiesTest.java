package dev.headwater.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class StreamPropertiesTest {
  private static final int LARGEST_RECORD = 25 << 20;

  private static StreamSettings settings(Map<String, String> clientProperties) {
    return new StreamSettings(
        "hw-",
        "instance-7",
        "kafka:9092",
        Path.of("state"),
        3,
        2,
        Duration.ofMillis(250),
        LARGEST_RECORD,
        2,
        clientProperties);
  }

  @Test
  void shouldProcessEveryRecordExactlyOnce() {
    for (var properties : both(Map.of())) {
      assertThat(properties)
          .containsEntry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    }
  }

  @Test
  void shouldNotLetAClientPropertyWeakenTheGuarantee() {
    var weaker =
        Map.of(
            "processing.guarantee", "at_least_once",
            "application.id", "someone-else",
            "bootstrap.servers", "elsewhere:9092");
    for (var properties : both(weaker)) {
      assertThat(properties)
          .containsEntry("processing.guarantee", "exactly_once_v2")
          .containsEntry("bootstrap.servers", "kafka:9092");
      assertThat(properties.getProperty("application.id")).startsWith("hw-");
    }
  }

  private static Iterable<Properties> both(Map<String, String> clientProperties) {
    var settings = settings(clientProperties);
    return java.util.List.of(
        StreamProperties.ofEdge(settings), StreamProperties.ofLearner(settings));
  }

  @Test
  void shouldGiveEdgeAndLearnerNamesAndThreadsOfTheirOwn() {
    assertThat(StreamProperties.ofEdge(settings(Map.of())))
        .containsEntry("application.id", "hw-edge")
        .containsEntry("num.stream.threads", 3);
    assertThat(StreamProperties.ofLearner(settings(Map.of())))
        .containsEntry("application.id", "hw-learner")
        .containsEntry("num.stream.threads", 2);
  }

  @Test
  void shouldHandClientPropertiesToEveryClient() {
    for (var properties : both(Map.of("security.protocol", "SASL_SSL"))) {
      assertThat(properties).containsEntry("security.protocol", "SASL_SSL");
    }
  }

  @Test
  void shouldStayTheSameMemberOfItsGroupWhenItRestarts() {
    for (var properties : both(Map.of())) {
      assertThat(properties).containsEntry("main.consumer.group.instance.id", "instance-7");
    }
  }

  @Test
  void shouldTakeTheLargestRecordAndALongBatchIntoOneTransaction() {
    for (var properties : both(Map.of())) {
      assertThat(properties)
          .containsEntry("producer.max.request.size", LARGEST_RECORD)
          .containsEntry("producer.buffer.memory", 2L * LARGEST_RECORD)
          .containsEntry("producer.transaction.timeout.ms", 60_000)
          .containsEntry("commit.interval.ms", 250L)
          .containsEntry("replication.factor", 2);
    }
  }

  @Test
  void shouldHoldFewImagesInMemoryAndManyExamples() {
    assertThat(StreamProperties.ofEdge(settings(Map.of())))
        .containsEntry("buffered.records.per.partition", 4)
        .containsEntry("consumer.max.poll.records", 8);
    assertThat(StreamProperties.ofLearner(settings(Map.of())))
        .containsEntry("buffered.records.per.partition", 256)
        .containsEntry("consumer.max.poll.records", 256);
  }

  @Test
  void shouldBeReadableForKafkaStreams() {
    for (var properties : both(Map.of())) {
      assertThat(new StreamsConfig(properties).getInt("num.stream.threads")).isPositive();
    }
  }

  @Test
  void shouldRefuseSettingsOutOfRange() {
    assertThatThrownBy(() -> with(0, 1, Duration.ofMillis(100)))
        .hasMessage("0 edge threads, expected 1 to 256");
    assertThatThrownBy(() -> with(1, 257, Duration.ofMillis(100)))
        .hasMessage("257 learner threads, expected 1 to 256");
    assertThatThrownBy(() -> with(1, 1, Duration.ofMillis(9)))
        .hasMessage("commit interval PT0.009S, expected 10 ms to 30 s");
    assertThatThrownBy(() -> with(1, 1, Duration.ofSeconds(31)))
        .hasMessage("commit interval PT31S, expected 10 ms to 30 s");
  }

  private static StreamSettings with(int edge, int learner, Duration commit) {
    return new StreamSettings("a", "b", "c", Path.of("d"), edge, learner, commit, 1, 1, Map.of());
  }
}
