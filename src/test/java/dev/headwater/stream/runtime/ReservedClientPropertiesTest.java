package dev.headwater.stream.runtime;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator may give Kafka's clients, and what would break a promise. */
class ReservedClientPropertiesTest {
  @Test
  void shouldLetConnectionsAndTuningPass() {
    assertThatCode(
            () ->
                ReservedClientProperties.check(
                    Map.of(
                        "security.protocol", "SASL_SSL",
                        "sasl.jaas.config", "…",
                        "client.rack", "a",
                        "request.timeout.ms", "10000",
                        "producer.linger.ms", "20",
                        "compression.type", "zstd",
                        "heap.opts", "-Xmx1g")))
        .doesNotThrowAnyException();
  }

  @Test
  void shouldLetValuesPassThatAreOursAnyway() {
    assertThatCode(
            () ->
                ReservedClientProperties.check(
                    Map.of(
                        "acks", "-1",
                        "producer.acks", "ALL",
                        "isolation.level", "read_committed",
                        "auto.offset.reset", "earliest",
                        "enable.idempotence", "true")))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "isolation.level, read_uncommitted, read_committed",
    "enable.idempotence, false, true",
    "producer.enable.idempotence, false, true",
    "acks, 1, all",
    "auto.offset.reset, latest, earliest",
    "main.consumer.auto.offset.reset, none, earliest",
    "enable.auto.commit, true, false",
    "processing.guarantee, at_least_once, exactly_once_v2",
    "group.protocol, streams, classic",
  })
  void shouldRefuseWhatWouldBreakExactlyOnce(String name, String value, String expected) {
    assertThatThrownBy(() -> ReservedClientProperties.check(Map.of(name, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("kafka." + name + " (KAFKA_")
        .hasMessageEndingWith(
            ") is %s, expected %s, since exactly-once processing depends on it; remove it"
                .formatted(value, expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application.id",
        "group.instance.id",
        "main.consumer.group.instance.id",
        "transactional.id",
        "client.id",
        "max.poll.records",
        "consumer.max.poll.interval.ms",
        "transaction.timeout.ms",
        "production.exception.handler",
        "errors.dead.letter.queue.topic.name",
        "state.dir",
        "topic.cleanup.policy",
      })
  void shouldRefuseWhatHeadwaterSets(String name) {
    assertThatThrownBy(() -> ReservedClientProperties.check(Map.of(name, "7")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is 7, expected not to be set: ");
  }

  @Test
  void shouldSayWhichKeyToUseInstead() {
    assertThatThrownBy(() -> ReservedClientProperties.check(Map.of("session.timeout.ms", "30000")))
        .hasMessage(
            "kafka.session.timeout.ms (KAFKA_SESSION_TIMEOUT_MS) is 30000, expected not to be set:"
                + " set headwater.stream.session-timeout instead; remove it");
  }
}
