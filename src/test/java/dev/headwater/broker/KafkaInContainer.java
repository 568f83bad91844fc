package dev.headwater.broker;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/** Apache Kafka's image with the embedded broker's settings. */
final class KafkaInContainer {
  /** The version that the build embeds. */
  private static final String IMAGE = "apache/kafka:4.2.2";

  private KafkaInContainer() {}

  /**
   * Starts a container.
   *
   * @throws IllegalStateException at once if there is no Docker engine
   */
  static TestBroker start() {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      throw new IllegalStateException(
          "-D%s=containers needs a Docker engine, and none answered: start one or set DOCKER_HOST;"
                  .formatted(KafkaForTests.SWITCH)
              + " without the switch the tests use the embedded broker");
    }
    var container = create();
    container.start();
    return new TestBroker(container.getBootstrapServers(), container::stop);
  }

  static KafkaContainer create() {
    return new KafkaContainer(IMAGE).withEnv(environment());
  }

  private static Map<String, String> environment() {
    return BrokerSettings.ofAnyNode().entrySet().stream()
        .collect(Collectors.toMap(setting -> variable(setting.getKey()), Map.Entry::getValue));
  }

  private static String variable(String setting) {
    return "KAFKA_" + setting.toUpperCase(Locale.ROOT).replace('.', '_');
  }
}
