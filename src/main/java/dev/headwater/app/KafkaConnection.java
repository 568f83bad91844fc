package dev.headwater.app;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * How Kafka is reached.
 *
 * @param bootstrapServers of an external cluster; empty where the embedded broker serves
 * @param properties Kafka's own client properties, such as security
 */
record KafkaConnection(Optional<String> bootstrapServers, Map<String, String> properties) {
  private static final String PREFIX = "kafka.";
  private static final String ENVIRONMENT_PREFIX = "KAFKA_";
  private static final String BOOTSTRAP = "bootstrap.servers";

  /** Reads {@code kafka.…} properties and {@code KAFKA_…} environment variables. */
  static KafkaConnection of(Config config) {
    var properties = new HashMap<String, String>();
    for (String name : config.getPropertyNames()) {
      kafkaName(name)
          .ifPresent(
              kafkaName ->
                  config
                      .getOptionalValue(name, String.class)
                      .filter(value -> !value.isBlank())
                      .ifPresent(value -> properties.put(kafkaName, value)));
    }
    return new KafkaConnection(
        Optional.ofNullable(properties.remove(BOOTSTRAP)), Map.copyOf(properties));
  }

  private static Optional<String> kafkaName(String name) {
    if (name.startsWith(PREFIX)) {
      return Optional.of(name.substring(PREFIX.length()));
    }
    if (name.startsWith(ENVIRONMENT_PREFIX)) {
      String rest = name.substring(ENVIRONMENT_PREFIX.length());
      return Optional.of(rest.toLowerCase(Locale.ROOT).replace('_', '.'));
    }
    return Optional.empty();
  }
}
