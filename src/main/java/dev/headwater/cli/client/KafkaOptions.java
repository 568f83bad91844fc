package dev.headwater.cli.client;

import dev.headwater.topics.TopicNames;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options by which a command finds Kafka and the topics. */
public final class KafkaOptions {
  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      description = {
        "Where Kafka listens; several with commas between.",
        "Environment: KAFKA_BOOTSTRAP_SERVERS. Default: ${DEFAULT-VALUE}"
      },
      defaultValue = "${env:KAFKA_BOOTSTRAP_SERVERS:-localhost:9092}")
  private String bootstrap;

  @Option(
      names = "--topic-prefix",
      paramLabel = "PREFIX",
      description = {
        "What every topic's name begins with.",
        "Environment: HEADWATER_TOPIC_PREFIX. Default: ${DEFAULT-VALUE}"
      },
      defaultValue = "${env:HEADWATER_TOPIC_PREFIX:-headwater.}")
  private String topicPrefix;

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      description = {
        "Properties for the Kafka client, such as those of TLS and SASL.",
        "Environment: HEADWATER_KAFKA_CONFIG."
      },
      defaultValue = "${env:HEADWATER_KAFKA_CONFIG:-" + Option.NULL_VALUE + "}")
  private Path config;

  /** For picocli, which fills the fields. */
  public KafkaOptions() {}

  /** A broker and a prefix known without a command line. */
  public KafkaOptions(String bootstrap, String topicPrefix, Optional<Path> config) {
    this.bootstrap = bootstrap;
    this.topicPrefix = topicPrefix;
    this.config = config.orElse(null);
  }

  /** Where Kafka listens. */
  public String bootstrap() {
    return bootstrap;
  }

  /** The names of the topics. */
  public TopicNames topics() {
    return new TopicNames(topicPrefix);
  }

  /** The file with further client properties. */
  public Optional<Path> config() {
    return Optional.ofNullable(config);
  }
}
