package dev.headwater.cli.serve;

import dev.headwater.cli.client.CommandFailedException;
import dev.headwater.cli.client.Console;
import dev.headwater.cli.client.RunningService;
import dev.headwater.cli.client.ServiceLauncher;
import dev.headwater.cli.client.ServiceSettings;
import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/**
 * Runs the service on a thread of this process while another command runs. Unless a data directory
 * is given, its data is deleted afterwards.
 */
public final class InProcessService implements ServiceLauncher {
  private static final int DEFAULT_BROKER_PORT = 9092;
  private static final long POLL_MILLIS = 100;
  private static final long STOP_MILLIS = 60_000;
  private static final Duration HTTP_TIMEOUT = Duration.ofSeconds(5);
  private static final int OK = 200;

  @Override
  public RunningService start(ServiceSettings settings, Console console) {
    Optional<TemporaryDataDirectory> forgotten =
        settings.data().isPresent()
            ? Optional.empty()
            : Optional.of(TemporaryDataDirectory.create());
    forgotten.ifPresent(d -> System.setProperty("headwater.data", d.path().toString()));
    try {
      QuarkusRun.prepare(settings);
      stayOnLoopback();
      System.setProperty("quarkus.log.console.level", "WARN");
      System.setProperty(
          "quarkus.log.category.\"org.apache.kafka.clients.NetworkClient\".level", "ERROR");
      console.say("starting broker and service");
      return run(settings, forgotten);
    } catch (CommandFailedException e) {
      forgotten.ifPresent(TemporaryDataDirectory::delete);
      throw e;
    }
  }

  /** Whatever is configured for the service: nobody else has to do with it, or its token. */
  private static void stayOnLoopback() {
    System.setProperty("quarkus.http.host", "127.0.0.1");
    System.setProperty("headwater.http.open-on-loopback", "true");
  }

  private static Running run(ServiceSettings settings, Optional<TemporaryDataDirectory> forgotten) {
    var url = URI.create("http://localhost:" + QuarkusRun.port(settings));
    var thread = new Thread(QuarkusRun::untilExit, "headwater-service");
    thread.start();
    awaitReady(thread, url);
    String embedded = "localhost:" + settings.brokerPort().orElse(DEFAULT_BROKER_PORT);
    String external = System.getenv("KAFKA_BOOTSTRAP_SERVERS");
    return new Running(thread, external == null ? embedded : external, url, forgotten);
  }

  private static void awaitReady(Thread thread, URI url) {
    var client = HttpClient.newBuilder().connectTimeout(HTTP_TIMEOUT).build();
    var ready =
        HttpRequest.newBuilder(url.resolve("/q/health/ready")).timeout(HTTP_TIMEOUT).build();
    try {
      while (thread.isAlive()) {
        if (answers(client, ready)) {
          return;
        }
        Thread.sleep(POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailedException("interrupted while the service was starting", e);
    }
    throw new CommandFailedException("the service did not start; see the reason above");
  }

  /** Nobody listens at first: that is no failure, but not ready either. */
  private static boolean answers(HttpClient client, HttpRequest ready) throws InterruptedException {
    try {
      return client.send(ready, BodyHandlers.discarding()).statusCode() == OK;
    } catch (IOException notYet) {
      return false;
    }
  }

  private record Running(
      Thread thread, String bootstrap, URI url, Optional<TemporaryDataDirectory> forgotten)
      implements RunningService {
    @Override
    public void close() {
      Quarkus.asyncExit();
      try {
        thread.join(STOP_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      forgotten.ifPresent(TemporaryDataDirectory::delete);
    }
  }
}
