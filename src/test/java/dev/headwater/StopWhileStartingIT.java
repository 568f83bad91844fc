package dev.headwater;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.headwater.backbone.RandomWeightsFile;
import dev.headwater.broker.TestBroker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM ends a start that is under way, on the packaged application. */
@EnabledIfSystemProperty(named = "faults.long", matches = "true")
class StopWhileStartingIT {
  /** What SIGTERM alone makes of a process. */
  private static final int TERMINATED = 128 + 15;

  /** Twice 5 s go by until it is clear that Kafka does not say who else is there. */
  private static final Duration PROMPTLY = Duration.ofSeconds(30);

  @TempDir static Path directory;

  @Test
  void shouldEndAStartThatWouldWaitForItsWorkForEver() throws Exception {
    assumeTrue(HeadwaterProcess.isPackaged(), "needs the packaged application: mvn package");
    int port = FreePorts.next();
    // Without three brokers there is no topic for groups, and nobody who hands out work.
    try (var broker =
            TestBroker.start(
                directory.resolve("broker"), Map.of("offsets.topic.replication.factor", "3"));
        var process = start(broker, port)) {
      Eventually.get(
          "a start that waits for its work",
          Duration.ofSeconds(90),
          () -> Calls.unchecked(() -> phase(process, port)),
          phase -> phase.contains("STARTING_STREAMS"));
      var finished = process.terminate(PROMPTLY);
      assertThat(finished.exitCode()).isEqualTo(TERMINATED);
      assertThat(finished.sentences()).last().isEqualTo("headwater: stopped before it was ready");
    }
  }

  private static HeadwaterProcess start(TestBroker broker, int port) throws IOException {
    return HeadwaterProcess.start(
        directory,
        Map.of("KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers()),
        "up",
        "--data",
        directory.resolve("data").toString(),
        "--port",
        Integer.toString(port),
        "--weights",
        RandomWeightsFile.option(directory).get(1));
  }

  /** Returns what the check of the start says; nothing while nobody listens. */
  private static String phase(HeadwaterProcess process, int port)
      throws IOException, InterruptedException {
    assertThat(process.isAlive()).as(process.said()).isTrue();
    var request =
        HttpRequest.newBuilder(URI.create("http://localhost:%d/q/health/started".formatted(port)))
            .build();
    try {
      return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    } catch (IOException notYet) {
      return "";
    }
  }
}
