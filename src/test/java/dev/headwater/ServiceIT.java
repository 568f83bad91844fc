package dev.headwater;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.headwater.broker.KafkaForTests;
import dev.headwater.broker.TestBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The packaged application as its users meet it; the tests share one life of it, in order. */
@Tag("real-files")
@TestMethodOrder(OrderAnnotation.class)
class ServiceIT {
  private static final int IMAGES = 120;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path directory;
  static Optional<TestBroker> container = Optional.empty();
  static ServiceUnderTest service;
  static boolean started;

  /** Not before all: then a report would not name what is skipped. */
  @BeforeEach
  void start() throws Exception {
    assumeTrue(HeadwaterProcess.isPackaged(), "needs the packaged application: mvn package");
    if (!started) {
      started = true;
      container = KafkaForTests.container();
      service = ServiceUnderTest.start(directory, RealFiles.weightsOption(directory), kafka());
    }
    assertThat(service).as("the service, whose start failed before").isNotNull();
  }

  /** Without a container the service starts a broker itself. */
  private static Map<String, String> kafka() {
    return container
        .map(broker -> Map.of("KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers()))
        .orElse(Map.of());
  }

  @AfterAll
  static void stop() {
    if (service != null) {
      service.close();
    }
    container.ifPresent(TestBroker::close);
  }

  @Test
  @Order(1)
  void shouldNeverBeDownWhileItStarts() {
    assertThat(service.livenessWhileStarting()).isNotEmpty().containsOnly(200);
  }

  @Test
  @Order(2)
  void shouldSayWhichBackboneItIsReadyWith() throws Exception {
    var ready = JSON.readTree(service.get("/q/health/ready").body());
    assertThat(ready.get("status").asText()).isEqualTo("UP");
    var data = ready.at("/checks/0/data");
    assertThat(data.get("backbone").asText()).matches("[0-9a-f]{64}");
    assertThat(data.get("backboneQuality").asText()).isIn("full", "reduced quality");
    assertThat(data.get("weights").asText()).isNotBlank();
    assertThat(service.get("/q/health/started").statusCode()).isEqualTo(200);
  }

  @Test
  @Order(3)
  void shouldPredictAndLearnEachImageOfAFolderOnce() throws Exception {
    Path images = RealFiles.images(directory);
    var produced =
        service.run("produce", images.toString(), "--limit", "" + IMAGES, "--seed", "3", "--json");
    assertThat(produced.exitCode()).as("%s", produced.err()).isZero();
    assertThat(JSON.readTree(String.join("\n", produced.out())).get("sent").asInt())
        .isEqualTo(IMAGES);
    service.awaitModel("default", model -> model.get("examples").asInt() >= IMAGES);
    var models = service.run("models", "--json");
    assertThat(models.exitCode()).isZero();
    assertThat(models.out()).hasSize(1);
    Schemas.assertValid("model-status.v1", models.out().get(0));
    assertThat(JSON.readTree(models.out().get(0)))
        .singleElement()
        .satisfies(model -> assertThat(model.get("examples").asInt()).isEqualTo(IMAGES))
        .satisfies(model -> assertThat(model.get("predictions").asInt()).isEqualTo(IMAGES));
    assertThat(predictedIds()).hasSize(IMAGES).doesNotHaveDuplicates();
  }

  private static List<String> predictedIds() throws Exception {
    var printed = service.run("predictions", "--json");
    assertThat(printed.exitCode()).isZero();
    printed.out().forEach(line -> Schemas.assertValid("prediction.v1", line));
    return printed.out().stream().map(ServiceIT::imageId).toList();
  }

  private static String imageId(String line) {
    try {
      return JSON.readTree(line).get("imageId").asText();
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError("not JSON: " + line, e);
    }
  }

  @Test
  @Order(4)
  void shouldRefuseASecondServiceOnItsData() throws Exception {
    var second =
        service.run("up", "--data", service.data().toString(), "--port", "" + FreePorts.next());
    assertThat(second.exitCode()).isEqualTo(1);
    assertThat(second.err()).singleElement().asString().contains("is in use by process");
    assertThat(service.get("/q/health/ready").statusCode()).isEqualTo(200);
  }

  @Test
  @Order(5)
  void shouldGiveEachKindOfGarbageACodeOfItsOwnAndPredictTheNextImage() throws Exception {
    try (var kafka = service.kafka()) {
      Garbage.all().forEach((name, value) -> kafka.send("headwater.images", name, value));
      kafka.send("headwater.images", "good-after-garbage", Garbage.goodImage());
      var letters =
          Eventually.get(
              "a dead letter for each",
              () -> kafka.headerByKey("headwater.dead-letters", "error.code"),
              found -> found.size() >= Garbage.all().size());
      assertThat(letters).isEqualTo(Garbage.codes());
      Eventually.get(
          "the prediction of the good image",
          () -> kafka.keys("headwater.predictions"),
          keys -> keys.contains("good-after-garbage"));
    }
  }

  @Test
  @Order(6)
  void shouldAnswerOperatorsAndStrangers() throws Exception {
    var metrics = service.get("/q/metrics");
    assertThat(metrics.statusCode()).isEqualTo(200);
    assertThat(metrics.body())
        .contains("jvm_memory_used_bytes")
        .contains("headwater_model_examples_total{model=\"default\"} " + IMAGES + ".0")
        .contains("headwater_model_accuracy{model=\"default\",head=\"trained\",span=\"window\"}")
        .contains("headwater_model_log_loss{model=\"default\",head=\"served\",span=\"fading\"}")
        .contains("headwater_domain_brier{model=\"default\",domain=");
    assertThat(exposedMetrics(metrics.body()))
        .containsExactlyInAnyOrderElementsOf(
            MetricsTable.rows().stream().map(row -> bare(row.name())).toList());
    var openApi = service.get("/q/openapi");
    assertThat(openApi.statusCode()).isEqualTo(200);
    assertThat(openApi.body()).contains("/api/models/{model}");
    var none = service.get("/api/models/none");
    assertThat(none.statusCode()).isEqualTo(404);
    assertThat(none.headers().firstValue("content-type").orElse(""))
        .startsWith("application/problem+json");
    assertThat(JSON.readTree(none.body()).get("detail").asText()).isEqualTo("no model 'none' here");
  }

  private static List<String> exposedMetrics(String body) {
    return body.lines()
        .filter(line -> line.startsWith("# HELP headwater_"))
        .map(line -> bare(line.split(" ")[2]))
        .toList();
  }

  /** OpenMetrics has a counter's suffix on its samples alone. */
  private static String bare(String metric) {
    return metric.replaceFirst("_total$", "");
  }

  @Test
  @Order(7)
  void shouldLetNothingBeChangedWithoutTheTokenThatItMade() throws Exception {
    assertThat(service.call("POST", "/api/models").statusCode()).isEqualTo(401);
    String wrong = "Bearer 0123456789abcdef0123456789abcdef";
    assertThat(service.call("POST", "/api/models", "Authorization", wrong).statusCode())
        .isEqualTo(401);
    String token = Files.readString(service.data().resolve("api-token")).strip();
    assertThat(service.call("POST", "/api/models", "Authorization", "Bearer " + token).statusCode())
        .isEqualTo(405);
    assertThat(service.said()).contains(service.data() + "/api-token").doesNotContain(token);
  }

  @Test
  @Order(7)
  void shouldOpenNothingToWhoeverIsNotOfThisMachine() throws Exception {
    for (String path : List.of("/api/models", "/q/health", "/q/metrics", "/q/openapi", "/none")) {
      assertThat(RawHttp.statusLine(service.port(), path, "Host: rebound.example"))
          .as(path)
          .isEqualTo("HTTP/1.1 401 Unauthorized");
      assertThat(
              RawHttp.statusLine(service.port(), path, "Host: localhost", "Forwarded: for=1.2.3.4"))
          .as(path)
          .isEqualTo("HTTP/1.1 401 Unauthorized");
    }
    assertThat(RawHttp.statusLine(service.port(), "/api/models", "Host: LOCALHOST:1"))
        .isEqualTo("HTTP/1.1 200 OK");
    assertThat(RawHttp.statusLine(service.port(), "/q/health/..//../api/models", "Host: rebound"))
        .isEqualTo("HTTP/1.1 401 Unauthorized");
  }

  @Test
  @Order(8)
  void shouldStopWhenAskedAndComeBackWithItsModel() throws Exception {
    awaitThatASnapshotHasEveryExample();
    JsonNode before = service.awaitModel("default", model -> true);
    var scored = scoresInMetrics();
    assertThat(scored).hasSizeGreaterThan(40);
    var ended = service.terminate(Duration.ofSeconds(30));
    assertThat(ended.exitCode()).as("%s", ended.err()).isIn(0, 143);
    assertThat(ended.out()).as("standard output").isEmpty();
    service.startAgain();
    JsonNode after = service.awaitModel("default", model -> true);
    assertThat(fields(after)).isEqualTo(fields(before));
    assertThat(scoresInMetrics()).isEqualTo(scored);
  }

  private static List<String> scoresInMetrics() throws Exception {
    return service
        .get("/q/metrics")
        .body()
        .lines()
        .filter(l -> l.startsWith("headwater_model_") || l.startsWith("headwater_domain_"))
        .toList();
  }

  private static void awaitThatASnapshotHasEveryExample() {
    try (var kafka = service.kafka()) {
      Eventually.get(
          "a snapshot of all examples",
          () -> kafka.snapshotExamples("headwater.serving"),
          examples -> examples.contains("" + IMAGES));
    }
  }

  private static Map<String, String> fields(JsonNode model) {
    return Set.of(
            "version", "examples", "predictions", "accuracy", "trained", "domains", "backbone")
        .stream()
        .collect(Collectors.toMap(name -> name, name -> model.get(name).toString()));
  }

  @Test
  @Order(9)
  void shouldRefuseWeightsThatAreNotThereInOneSentence() throws Exception {
    var refused =
        service.run(
            "up",
            "--data",
            directory.resolve("other").toString(),
            "--port",
            "" + FreePorts.next(),
            "--broker-port",
            "" + FreePorts.next(),
            "--weights",
            directory.resolve("none.h5").toString());
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err())
        .filteredOn(line -> line.startsWith("headwater: ") && line.contains("none.h5"))
        .as("%s", refused.err())
        .hasSize(1);
    assertThat(refused.err()).noneMatch(line -> line.startsWith("\tat "));
  }
}
