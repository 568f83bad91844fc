package dev.headwater.app;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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
  private static final String ENVIRONMENT_SOURCE = "EnvConfigSource";
  private static final String BOOTSTRAP = "bootstrap.servers";

  /**
   * Reads {@code kafka.…} properties and {@code KAFKA_…} environment variables; the variables as
   * they are, since a password may hold <code>${</code>, as does what Kafka's own providers
   * replace.
   */
  static KafkaConnection of(Config config) {
    var properties = new HashMap<String, String>();
    for (String name : config.getPropertyNames()) {
      kafkaName(name)
          .ifPresent(
              kafkaName ->
                  value(config, PREFIX + kafkaName)
                      .filter(value -> !value.isBlank())
                      .ifPresent(value -> properties.put(kafkaName, value)));
    }
    return new KafkaConnection(
        Optional.ofNullable(properties.remove(BOOTSTRAP)), Map.copyOf(properties));
  }

  /** By its property name, since a variable can be listed under both names. */
  private static Optional<String> value(Config config, String name) {
    var found = config.getConfigValue(name);
    boolean variable = Objects.toString(found.getSourceName()).startsWith(ENVIRONMENT_SOURCE);
    return Optional.ofNullable(variable ? found.getRawValue() : found.getValue());
  }

  /** Without the values, which may be secret. */
  @Override
  public String toString() {
    return "KafkaConnection[%s, %s]".formatted(bootstrapServers, properties.keySet());
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
