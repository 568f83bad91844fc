package dev.headwater.cli.client;

import java.io.InputStream;
import java.util.Optional;
import java.util.function.Function;

/**
 * The dependencies of the commands, which tests replace.
 *
 * @param console where results and messages go
 * @param in standard input
 * @param kafka opens Kafka clients for the options of a command
 * @param launcher starts the service inside this process; empty where only clients are available
 */
public record Context(
    Console console,
    InputStream in,
    Function<KafkaOptions, KafkaClients> kafka,
    Optional<ServiceLauncher> launcher) {

  /** A context in which nothing comes on standard input. */
  public Context(
      Console console,
      Function<KafkaOptions, KafkaClients> kafka,
      Optional<ServiceLauncher> launcher) {
    this(console, InputStream.nullInputStream(), kafka, launcher);
  }

  /** The real thing: this process' streams and real Kafka clients. */
  public static Context real(Optional<ServiceLauncher> launcher) {
    return new Context(Console.system(), System.in, BrokerClients::of, launcher);
  }
}
