package dev.headwater.cli.serve;

import dev.headwater.broker.DataDirectory;
import dev.headwater.broker.DataDirectoryException;
import dev.headwater.cli.client.CommandFailedException;
import dev.headwater.cli.client.Console;
import dev.headwater.cli.client.ServiceSettings;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusBindException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs Quarkus with the settings of a command line, after checking directory and port. */
final class QuarkusRun {
  static final int DEFAULT_PORT = 8080;

  private QuarkusRun() {}

  /**
   * Passes the settings on, and checks that directory and port are free.
   *
   * @throws CommandFailedException if one is in use
   */
  static void prepare(ServiceSettings settings) {
    if (settings.data().filter(data -> data.toString().isBlank()).isPresent()) {
      throw new CommandFailedException("--data is empty, expected a directory");
    }
    settings.data().ifPresent(data -> System.setProperty("headwater.data", data.toString()));
    settings.port().ifPresent(port -> set("quarkus.http.port", port));
    settings.brokerPort().ifPresent(port -> set("headwater.broker.port", port));
    settings.weights().ifPresent(file -> System.setProperty("headwater.weights", file));
    String data = System.getProperty("headwater.data");
    requireFree(data == null ? ServiceSettings.usualData() : Path.of(data));
    settings.port().ifPresent(QuarkusRun::requireFree);
  }

  static int port(ServiceSettings settings) {
    return settings.port().orElse(DEFAULT_PORT);
  }

  private static void set(String property, int port) {
    System.setProperty(property, Integer.toString(port));
  }

  private static void requireFree(Path directory) {
    try (var probe = DataDirectory.open(directory)) {
      probe.path();
    } catch (DataDirectoryException e) {
      throw new CommandFailedException(e.getMessage(), e);
    }
  }

  private static void requireFree(int port) {
    try (var probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException | IllegalArgumentException e) {
      throw new CommandFailedException(
          "port %d cannot be used for HTTP (%s); choose another with --port"
              .formatted(port, e.getMessage()),
          e);
    }
  }

  /**
   * Runs until the service ends; returns its exit code. A failure to start is reported in a
   * sentence.
   */
  static int untilExit() {
    var code = new AtomicInteger();
    Quarkus.run(
        HeadwaterApplication.class,
        (exitCode, failure) -> {
          code.set(failure == null ? exitCode : 1);
          if (failure != null) {
            Console.system().say("cannot start: " + sentence(innermost(failure)));
          }
        });
    return code.get();
  }

  private static String sentence(Throwable cause) {
    return cause instanceof BindException || cause instanceof QuarkusBindException
        ? "%s; choose another HTTP port with --port".formatted(cause.getMessage())
        : cause.getMessage();
  }

  private static Throwable innermost(Throwable failure) {
    var cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
