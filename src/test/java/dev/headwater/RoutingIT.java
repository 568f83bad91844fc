package dev.headwater;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.headwater.backbone.RandomWeightsFile;
import dev.headwater.broker.TestBroker;
import dev.headwater.head.DenseHead;
import dev.headwater.snapshot.Snapshot;
import dev.headwater.snapshot.SnapshotFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances of the packaged application: each answers for all models, wherever they learn. */
@Tag("alone")
class RoutingIT {
  private static final String TOKEN = "a-token-that-was-chosen-for-this-test";
  private static final int EMBEDDING = 1280;
  private static final List<String> MODELS =
      IntStream.range(0, 6).mapToObj(n -> "model-" + n).toList();

  @TempDir static Path directory;
  static TestBroker broker;
  static final List<ServiceUnderTest> instances = new ArrayList<>();
  static final List<HttpCaller> callers = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(HeadwaterProcess.isPackaged(), "needs the packaged application: mvn package");
    broker = TestBroker.start(directory.resolve("broker"));
    for (String name : List.of("one", "two")) {
      var instance = start(name, kafka());
      instances.add(instance);
      callers.add(new HttpCaller(instance.url(), TOKEN));
    }
    awaitThatBothShare();
    importHeads();
  }

  private static Map<String, String> kafka() {
    return Map.of(
        "KAFKA_BOOTSTRAP_SERVERS",
        broker.bootstrapServers(),
        "HEADWATER_HTTP_TOKEN",
        TOKEN,
        "HEADWATER_HTTP_OPEN_ON_LOOPBACK",
        "false",
        "HEADWATER_HTTP_OPEN",
        "health");
  }

  private static ServiceUnderTest start(String name, Map<String, String> environment)
      throws Exception {
    var own = Files.createDirectories(directory.resolve(name));
    return ServiceUnderTest.start(own, RandomWeightsFile.option(directory), environment);
  }

  private static void awaitThatBothShare() {
    for (var caller : callers) {
      Eventually.get(
          "both ready",
          () -> Calls.unchecked(() -> caller.get("/api/models").status()),
          s -> s == 200);
    }
  }

  private static void importHeads() throws Exception {
    var ready = callers.get(0).get("/q/health/ready").json();
    String backbone = ready.at("/checks/0/data/backbone").asText();
    for (String model : MODELS) {
      var head = DenseHead.initial(EMBEDDING, model.hashCode());
      var file =
          SnapshotFile.write(
              new Snapshot(
                  model,
                  1,
                  0,
                  backbone,
                  false,
                  List.of("negative", "positive"),
                  0.5,
                  8,
                  Optional.empty(),
                  Optional.empty(),
                  Instant.EPOCH,
                  "training",
                  head));
      var done =
          callers.get(0).post("/api/models/" + model + "/snapshots", HttpCaller.OCTETS, file);
      assertThat(done.status()).as("%s", done).isEqualTo(200);
    }
  }

  @AfterAll
  static void stop() {
    instances.forEach(ServiceUnderTest::close);
    if (broker != null) {
      broker.close();
    }
  }

  @Test
  void shouldAnswerForAllModelsAtEachInstance() throws Exception {
    for (var caller : callers) {
      var all = caller.get("/api/models");
      assertThat(all.status()).as("%s", all).isEqualTo(200);
      assertThat(all.json().findValuesAsText("model")).containsExactlyElementsOf(MODELS);
      for (String model : MODELS) {
        assertThat(caller.get("/api/models/" + model).json().get("model").asText())
            .isEqualTo(model);
        var kept = caller.get("/api/models/" + model + "/snapshots");
        assertThat(kept.json()).as("%s", kept).hasSize(1);
        var file = caller.get("/api/models/" + model + "/snapshots/1");
        assertThat(file.type()).isEqualTo(HttpCaller.OCTETS);
        assertThat(SnapshotFile.read(file.body()).model()).isEqualTo(model);
      }
      assertThat(caller.get("/api/models/none/snapshots").problem(404))
          .isEqualTo("no model 'none' here");
    }
  }

  @Test
  void shouldHaveModelsOnBothInstancesAndAskNoFurtherThanOnce() throws Exception {
    var here = new ArrayList<String>();
    for (var caller : callers) {
      var own = caller.get("/api/models", "Headwater-Asked-By", "test");
      List<String> names = own.json().findValuesAsText("model");
      assertThat(names).isNotEmpty();
      here.addAll(names);
      for (String elsewhere : MODELS.stream().filter(m -> !names.contains(m)).toList()) {
        var refused = caller.get("/api/models/" + elsewhere, "Headwater-Asked-By", "test");
        assertThat(refused.problem(503))
            .startsWith("test asked this instance for model '" + elsewhere);
      }
    }
    assertThat(here).containsExactlyInAnyOrderElementsOf(MODELS);
  }

  @Test
  void shouldCarryOutCommandsWhoeverIsAsked() throws Exception {
    for (var caller : callers) {
      for (String model : MODELS) {
        var done = caller.post("/api/models/" + model + "/commands", "{\"command\": \"pin\"}");
        assertThat(done.status()).as("%s", done).isEqualTo(200);
        JsonNode event = done.json();
        assertThat(event.get("kind").asText()).isEqualTo("pinned");
      }
    }
  }
}
