package dev.headwater.broker;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The Kafka of the end-to-end tests: the embedded broker, or with {@code -Dkafka.tests=containers}
 * Apache Kafka's own image in Docker. The tests are the same.
 *
 * <p>Without the switch nothing here loads Testcontainers, which would look for Docker at once.
 */
public final class KafkaForTests {
  static final String SWITCH = "kafka.tests";

  private KafkaForTests() {}

  /** Starts the chosen one; the embedded one keeps its data in a directory. */
  public static TestBroker start(Path directory) {
    return container().orElseGet(() -> TestBroker.start(directory));
  }

  /** Starts a container if that was chosen, for tests of what starts a broker itself otherwise. */
  public static Optional<TestBroker> container() {
    return usesContainers(System.getProperty(SWITCH))
        ? Optional.of(KafkaInContainer.start())
        : Optional.empty();
  }

  /** Reads the switch; null where it is not given. */
  static boolean usesContainers(String word) {
    if (word == null || word.equals("embedded")) {
      return false;
    }
    if (word.equals("containers")) {
      return true;
    }
    throw new IllegalArgumentException(
        "-D%s=%s, expected embedded (the default) or containers".formatted(SWITCH, word));
  }
}
