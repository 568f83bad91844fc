package dev.headwater.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TopicNamesTest {
  @Test
  void shouldPutPrefixBeforeEachName() {
    var names = new TopicNames("plant-7_");
    assertThat(names.all())
        .containsExactly(
            names.images(),
            names.labels(),
            names.commands(),
            names.predictions(),
            names.snapshots(),
            names.serving(),
            names.evaluations(),
            names.modelEvents(),
            names.deadLetters(),
            names.examples())
        .allMatch(name -> name.startsWith("plant-7_"));
    assertThat(TopicNames.withDefaultPrefix().images()).isEqualTo("headwater.images");
  }

  @Test
  void shouldRefuseCharactersThatKafkaForbids() {
    assertThatThrownBy(() -> new TopicNames("bad/prefix."))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'bad/prefix.' has characters that Kafka forbids");
  }

  @Test
  void shouldRefusePrefixThatMakesNamesTooLong() {
    assertThat(new TopicNames("x".repeat(237)).deadLetters()).hasSize(249);
    assertThatThrownBy(() -> new TopicNames("x".repeat(238)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has 238 characters, at most 237 are allowed");
  }
}
