package dev.headwater.cli.client;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/**
 * The options of a service that runs inside this process, shared by {@code up} and {@code demo}.
 *
 * <p>An empty value leaves the choice to the service's own configuration.
 */
public final class ServiceSettings {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where broker and service keep their data. Environment: HEADWATER_DATA.",
      defaultValue = "${env:HEADWATER_DATA:-" + Option.NULL_VALUE + "}")
  private Path data;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "HTTP port of the service. Environment: HEADWATER_PORT.",
      defaultValue = "${env:HEADWATER_PORT:-" + Option.NULL_VALUE + "}")
  private Integer port;

  @Option(
      names = "--broker-port",
      paramLabel = "N",
      description = "Port of the embedded broker. Environment: HEADWATER_BROKER_PORT.",
      defaultValue = "${env:HEADWATER_BROKER_PORT:-" + Option.NULL_VALUE + "}")
  private Integer brokerPort;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description = "Weights of the backbone, a Keras HDF5 file. Environment: HEADWATER_WEIGHTS.",
      defaultValue = "${env:HEADWATER_WEIGHTS:-" + Option.NULL_VALUE + "}")
  private String weights;

  /** The data directory of a service for which none is given on the command line. */
  public static Path usualData() {
    return Optional.ofNullable(System.getenv("HEADWATER_DATA"))
        .filter(text -> !text.isBlank())
        .map(Path::of)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".local", "share", "headwater"));
  }

  /** The data directory. */
  public Optional<Path> data() {
    return Optional.ofNullable(data);
  }

  /** The HTTP port. */
  public Optional<Integer> port() {
    return Optional.ofNullable(port);
  }

  /** The embedded broker's port. */
  public Optional<Integer> brokerPort() {
    return Optional.ofNullable(brokerPort);
  }

  /** The backbone's weights: a file, or a word that the service understands. */
  public Optional<String> weights() {
    return Optional.ofNullable(weights);
  }
}
