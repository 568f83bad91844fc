package dev.headwater.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class KafkaForTestsTest {
  @Test
  void shouldUseTheEmbeddedBrokerUnlessContainersAreAskedFor() {
    assertThat(KafkaForTests.usesContainers(null)).isFalse();
    assertThat(KafkaForTests.usesContainers("embedded")).isFalse();
    assertThat(KafkaForTests.usesContainers("containers")).isTrue();
  }

  @Test
  void shouldRefuseAWordItDoesNotKnow() {
    assertThatThrownBy(() -> KafkaForTests.usesContainers("container"))
        .hasMessage("-Dkafka.tests=container, expected embedded (the default) or containers");
  }
}
