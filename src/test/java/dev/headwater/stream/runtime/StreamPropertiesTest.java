package dev.headwater.stream.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.stream.runtime.StreamSettings.Cluster;
import dev.headwater.stream.runtime.StreamSettings.Failover;
import dev.headwater.stream.runtime.StreamSettings.Instance;
import dev.headwater.stream.runtime.StreamSettings.Threads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.LogAndFailExceptionHandler;
import org.apache.kafka.streams.errors.LogAndFailProcessingExceptionHandler;
import org.junit.jupiter.api.Test;

class StreamPropertiesTest {
  private static final int LARGEST_RECORD = 25 << 20;

  private static StreamSettings settings(Map<String, String> clientProperties) {
    return settings(clientProperties, Optional.empty());
  }

  private static StreamSettings settings(
      Map<String, String> clientProperties, Optional<String> advertised) {
    return new StreamSettings(
        new Instance("hw-", "instance-7", Path.of("state"), advertised),
        new Cluster("kafka:9092", LARGEST_RECORD, 2, clientProperties),
        new Threads(3, 2),
        new Failover(1, Duration.ofSeconds(9)),
        Duration.ofMillis(250),
        TestSettings.BATCHES);
  }

  @Test
  void shouldProcessEveryRecordExactlyOnce() {
    for (var properties : both(Map.of())) {
      assertThat(properties)
          .containsEntry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    }
  }

  @Test
  void shouldTellOtherInstancesWhereItIsReached() {
    assertThat(StreamProperties.ofLearner(settings(Map.of())))
        .doesNotContainKey(StreamsConfig.APPLICATION_SERVER_CONFIG);
    for (String place : List.of("node-1.example:8080", "127.0.0.1:1", "[::1]:65535")) {
      assertThat(StreamProperties.ofLearner(advertised(place)))
          .containsEntry(StreamsConfig.APPLICATION_SERVER_CONFIG, place);
    }
    for (String wrong : List.of("node-1", "node-1:", ":80", "http://node-1:80", "node-1:080")) {
      assertThatThrownBy(() -> advertised(wrong))
          .hasMessageStartingWith("headwater.http.advertised is '%s', expected host:port", wrong);
    }
  }

  private static StreamSettings advertised(String place) {
    return settings(Map.of(), Optional.of(place));
  }

  private static Iterable<Properties> both(Map<String, String> clientProperties) {
    var settings = settings(clientProperties);
    return List.of(StreamProperties.ofInference(settings), StreamProperties.ofLearner(settings));
  }

  @Test
  void shouldGiveInferenceAndLearnerNamesAndThreadsOfTheirOwn() {
    assertThat(StreamProperties.ofInference(settings(Map.of())))
        .containsEntry("application.id", "hw-inference")
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
  void shouldTakeTheLargestRecord() {
    for (var properties : both(Map.of())) {
      assertThat(properties)
          .containsEntry("producer.max.request.size", LARGEST_RECORD)
          .containsEntry("producer.buffer.memory", 2L * LARGEST_RECORD)
          .containsEntry("commit.interval.ms", 500L)
          .containsEntry("replication.factor", 2);
    }
  }

  @Test
  void shouldApplyTheBatchLimits() {
    var limits = TestSettings.BATCHES;
    assertApplied(StreamProperties.ofInference(settings(Map.of())), limits.images());
    assertApplied(StreamProperties.ofLearner(settings(Map.of())), limits.examples());
  }

  private static void assertApplied(Properties properties, Batch batch) {
    var commit = Duration.ofMillis(250);
    assertThat(properties)
        .containsEntry("buffered.records.per.partition", batch.maxBuffered())
        .containsEntry("consumer.max.poll.records", batch.maxPolled())
        .containsEntry("consumer.max.poll.interval.ms", (int) batch.pollInterval().toMillis())
        .containsEntry(
            "producer.transaction.timeout.ms", (int) batch.transactionTimeout(commit).toMillis())
        .containsEntry("consumer.fetch.max.bytes", 16 << 20)
        .containsEntry("consumer.max.partition.fetch.bytes", 4 << 20);
  }

  @Test
  void shouldKeepCopiesAndLookForTheDead() {
    for (var properties : both(Map.of())) {
      assertThat(properties)
          .containsEntry("num.standby.replicas", 1)
          .containsEntry("consumer.session.timeout.ms", 9_000)
          .containsEntry("consumer.heartbeat.interval.ms", 1_500);
    }
  }

  @Test
  void shouldFailRatherThanPassARecordOver() {
    for (var properties : both(Map.of())) {
      assertThat(properties)
          .containsEntry("production.exception.handler", FailFastExceptionHandlers.class)
          .containsEntry("processing.exception.handler", LogAndFailProcessingExceptionHandler.class)
          .containsEntry("deserialization.exception.handler", LogAndFailExceptionHandler.class);
    }
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
        .hasMessage("0 inference threads, expected 1 to 256");
    assertThatThrownBy(() -> with(1, 257, Duration.ofMillis(100)))
        .hasMessage("257 learner threads, expected 1 to 256");
    assertThatThrownBy(() -> with(1, 1, Duration.ofMillis(9)))
        .hasMessage("commit interval PT0.009S, expected 10 ms to 30 s");
    assertThatThrownBy(() -> with(1, 1, Duration.ofSeconds(31)))
        .hasMessage("commit interval PT31S, expected 10 ms to 30 s");
    var commit = Duration.ofMillis(100);
    assertThatThrownBy(() -> with(1, 1, commit, 6, Duration.ofSeconds(6)))
        .hasMessage("6 standbys, expected 0 to 5");
    assertThatThrownBy(() -> with(1, 1, commit, 1, Duration.ofMillis(999)))
        .hasMessage("session timeout PT0.999S, expected 1 s to 30 min");
  }

  private static StreamSettings with(int inference, int learner, Duration commit) {
    return with(inference, learner, commit, 0, Duration.ofSeconds(6));
  }

  private static StreamSettings with(
      int inference, int learner, Duration commit, int standbys, Duration session) {
    return new StreamSettings(
        TestSettings.instance("a", "b", Path.of("d")),
        TestSettings.cluster("c", 1),
        new Threads(inference, learner),
        new Failover(standbys, session),
        commit,
        TestSettings.BATCHES);
  }
}
