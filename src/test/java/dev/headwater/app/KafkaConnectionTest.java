package dev.headwater.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaConnectionTest {
  private static KafkaConnection of(Map<String, String> environment, Map<String, String> file) {
    var config =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withSources(
                new EnvConfigSource(environment, 300),
                new PropertiesConfigSource(file, "file", 250))
            .build();
    return KafkaConnection.of(config);
  }

  @Test
  void shouldPassVariablesOnAsTheyAre() {
    String secret = "a$b$$c${d}${file:/run/secrets/kafka:password}\\\\e,f";
    var connection = of(Map.of("KAFKA_SSL_KEYSTORE_PASSWORD", secret), Map.of());
    assertThat(connection.properties()).containsExactly(Map.entry("ssl.keystore.password", secret));
    assertThat(connection.bootstrapServers()).isEmpty();
  }

  @Test
  void shouldLetAFileReferToVariables() {
    var connection =
        of(
            Map.of("SECRET", "from-outside", "KAFKA_BOOTSTRAP_SERVERS", "kafka:9093"),
            Map.of("kafka.ssl.keystore.password", "${SECRET}", "kafka.client.rack", "a"));
    assertThat(connection.properties())
        .containsOnly(
            Map.entry("ssl.keystore.password", "from-outside"), Map.entry("client.rack", "a"));
    assertThat(connection.bootstrapServers()).contains("kafka:9093");
  }

  @Test
  void shouldPreferTheVariableToTheFile() {
    var connection =
        of(
            Map.of("KAFKA_SECURITY_PROTOCOL", "SASL_SSL"),
            Map.of("kafka.security.protocol", "PLAINTEXT"));
    assertThat(connection.properties()).containsExactly(Map.entry("security.protocol", "SASL_SSL"));
  }

  /** As Quarkus lists them once something has asked for the property. */
  @Test
  void shouldPassVariablesOnAsTheyAreWhereTheyAreListedUnderBothNames() {
    var connection =
        of(
            Map.of(
                "KAFKA_SSL_KEY_PASSWORD", "${file:/run/x:y}", "kafka.ssl.key.password", "${a:b}"),
            Map.of());
    assertThat(connection.properties()).containsOnlyKeys("ssl.key.password");
    assertThat(connection.properties().get("ssl.key.password")).startsWith("${");
  }

  @Test
  void shouldPrintNamesOnly() {
    var connection = of(Map.of("KAFKA_SASL_JAAS_CONFIG", "hidden"), Map.of());
    assertThat(connection.toString()).contains("sasl.jaas.config").doesNotContain("hidden");
  }
}
