package dev.headwater.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.headwater.Eventually;
import dev.headwater.FreePorts;
import dev.headwater.HeadwaterProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The packaged application, {@code headwater up}, on a cluster: a process with a data directory of
 * its own, which outlives the process.
 */
final class Instance implements AutoCloseable {
  private static final Map<String, String> FITTING_THE_HEAP =
      Map.of("HEADWATER_IMAGE_MAX_PIXELS", "4000000");

  /** A call with it is answered by this instance alone, as if another one had passed it on. */
  private static final String NOT_ASKED_OF_OTHERS = "Headwater-Asked-By";

  private static final String COPY_LAG =
      "headwater_stream_copy_lag_records{application=\"learner\"";

  private static final Duration START = Duration.ofSeconds(120);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
  private final int port = FreePorts.next();
  private final String name;
  private final Path directory;
  private final Map<String, String> environment;
  private final List<String> options;
  private List<String> wrapper = List.of();
  private Victim process;

  /**
   * @param directory where its data and its log will be
   * @param environment what it is configured with
   * @param options further options of {@code headwater up}
   */
  Instance(Path directory, Map<String, String> environment, List<String> options) {
    this.name = directory.getFileName().toString();
    this.directory = directory;
    this.environment = new HashMap<>(environment);
    this.options = options;
  }

  /** Makes the next start run inside another command, which must end in its place. */
  Instance within(String... command) {
    wrapper = List.of(command);
    return this;
  }

  /** Gives the next start further variables. */
  Instance with(Map<String, String> variables) {
    environment.putAll(variables);
    return this;
  }

  /** What the next start is configured with. */
  Map<String, String> environment() {
    return environment;
  }

  /** Configures the next start anew. */
  Instance withOnly(Map<String, String> variables) {
    environment.clear();
    return with(variables);
  }

  String name() {
    return name;
  }

  /** Where Kafka Streams keeps its state, and the instance its id. */
  Path state() {
    return data().resolve("streams");
  }

  Path data() {
    return directory.resolve("data");
  }

  /** Starts the process, on whatever its data directory holds; returns at once. */
  void start() {
    var words = new ArrayList<>(List.of("up", "--data", data().toString(), "--port", "" + port));
    words.addAll(options);
    var variables = new HashMap<>(FITTING_THE_HEAP);
    variables.putAll(environment);
    try {
      var command = HeadwaterProcess.command(directory, jvm(), variables, words);
      command.command().addAll(0, wrapper);
      process = Victim.start(command, directory.resolve("log.txt"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** What the long form measures is measured as the service is run. */
  private static List<String> jvm() {
    var jvm = new ArrayList<>(FaultSettings.isLong() ? List.of() : HeadwaterProcess.QUICK_START);
    jvm.add("-Xmx700m");
    return jvm;
  }

  /** Whether it says that it processes records. */
  boolean isReady() {
    return get("/q/health/ready").map(HttpResponse::statusCode).orElse(0) == 200;
  }

  /** Whether it says that only a restart would help. */
  boolean asksForARestart() {
    return get("/q/health/live").map(HttpResponse::statusCode).orElse(200) == 503;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  void awaitReady() {
    awaitReady(START);
  }

  void awaitReady(Duration patience) {
    Eventually.get(
        name + " ready",
        patience,
        () -> {
          requireAlive();
          return isReady();
        },
        ready -> ready);
  }

  /** Fails where the process has ended by itself. */
  void requireAlive() {
    if (!process.isAlive()) {
      throw new AssertionError("%s ended by itself; it said %s".formatted(name, process.said()));
    }
  }

  /** Returns what it says of a model whose learner runs in it. */
  Optional<JsonNode> model(String model) {
    return get("/api/models/" + model)
        .filter(answer -> answer.statusCode() == 200)
        .map(answer -> parse(answer.body()));
  }

  /** Returns how many records the learners' copies lack that it keeps; empty if it keeps none. */
  OptionalDouble copyLag() {
    var lags =
        get("/q/metrics")
            .map(HttpResponse::body)
            .orElse("")
            .lines()
            .filter(line -> line.startsWith(COPY_LAG))
            .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
            .toArray();
    return lags.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(Arrays.stream(lags).sum());
  }

  private static JsonNode parse(String body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Empty while nobody answers. */
  private Optional<HttpResponse<String>> get(String path) {
    var request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
            .timeout(Duration.ofSeconds(3))
            .header(NOT_ASKED_OF_OTHERS, "a test")
            .build();
    try {
      return Optional.of(http.send(request, BodyHandlers.ofString()));
    } catch (IOException notAnswered) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Kills it as {@code kill -9} does. */
  void kill() {
    process.kill();
  }

  /** Stops it as {@code kill} does. */
  void terminate() {
    process.terminate();
  }

  void stop() {
    process.stop();
  }

  void goOn() {
    process.goOn();
  }

  /** Returns the end of what it has written. */
  String said() {
    return process.said();
  }

  @Override
  public void close() {
    if (process != null) {
      process.kill();
    }
  }
}
