package dev.headwater;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** {@code headwater up} on free ports, with its clients. */
final class ServiceUnderTest implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(90);
  private static final Duration LOOK_EVERY = Duration.ofMillis(20);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final List<Integer> liveness = new ArrayList<>();
  private final int port = FreePorts.next();
  private final int brokerPort = FreePorts.next();
  private final Path directory;
  private final Map<String, String> environment;
  private final String[] command;
  private HeadwaterProcess process;

  private ServiceUnderTest(Path directory, List<String> options, Map<String, String> environment) {
    this.directory = directory;
    this.environment = Map.copyOf(environment);
    var words = new ArrayList<>(List.of("up", "--data", data().toString()));
    words.addAll(List.of("--port", "" + port, "--broker-port", "" + brokerPort));
    words.addAll(options);
    command = words.toArray(String[]::new);
  }

  /** Starts it and waits until it is ready; an external Kafka is named by the environment. */
  static ServiceUnderTest start(
      Path directory, List<String> options, Map<String, String> environment)
      throws IOException, InterruptedException {
    var service = new ServiceUnderTest(directory, options, environment);
    try {
      service.startAgain();
      return service;
    } catch (AssertionError e) {
      service.close();
      throw e;
    }
  }

  /** Starts the process and waits until it is ready, asking all the while whether it lives. */
  void startAgain() throws IOException, InterruptedException {
    process = HeadwaterProcess.start(directory, environment, command);
    long deadline = System.nanoTime() + START.toNanos();
    while (status("/q/health/ready").orElse(0) != 200) {
      status("/q/health/live").ifPresent(liveness::add);
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new AssertionError("the service did not become ready: " + process.said());
      }
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }
  }

  /** Empty while nobody listens, or it stops. */
  private Optional<Integer> status(String path) throws InterruptedException {
    try {
      return Optional.of(get(path).statusCode());
    } catch (IOException notAnswered) {
      return Optional.empty();
    }
  }

  /** Returns each answer of the liveness check up to readiness. */
  List<Integer> livenessWhileStarting() {
    return List.copyOf(liveness);
  }

  Path data() {
    return directory.resolve("data");
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return call("GET", path);
  }

  /** Calls with headers, given as names and values in turn. */
  HttpResponse<String> call(String method, String path, String... headers)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(url() + path))
            .timeout(Duration.ofSeconds(20))
            .method(method, BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  String url() {
    return "http://localhost:" + port;
  }

  int port() {
    return port;
  }

  /** Returns what it has written to standard error since it was started last. */
  String said() throws IOException {
    return process.said();
  }

  /** Runs another command against this service, as far as it has a client. */
  HeadwaterProcess.Finished run(String name, String... arguments)
      throws IOException, InterruptedException {
    var words = new ArrayList<>(List.of(name));
    words.addAll(List.of(arguments));
    switch (name) {
      case "models" -> words.addAll(List.of("--url", url()));
      case "produce", "label", "predictions", "dead-letters" ->
          words.addAll(List.of("--bootstrap", bootstrap()));
      default -> {}
    }
    return HeadwaterProcess.run(directory, Map.of(), words.toArray(String[]::new));
  }

  private String bootstrap() {
    return environment.getOrDefault("KAFKA_BOOTSTRAP_SERVERS", "localhost:" + brokerPort);
  }

  KafkaUnderTest kafka() {
    return new KafkaUnderTest(bootstrap());
  }

  /** Waits until a model is as it should be. */
  JsonNode awaitModel(String name, Predicate<JsonNode> holds) {
    return Eventually.get(
            "model " + name,
            () -> model(name),
            found -> found.isPresent() && holds.test(found.get()))
        .orElseThrow();
  }

  private Optional<JsonNode> model(String name) {
    try {
      var answer = get("/api/models/" + name);
      return answer.statusCode() == 200
          ? Optional.of(JSON.readTree(answer.body()))
          : Optional.empty();
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  HeadwaterProcess.Finished terminate(Duration patience) throws IOException, InterruptedException {
    return process.terminate(patience);
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
  }
}
