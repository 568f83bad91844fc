package dev.headwater;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.headwater.HttpCaller.Reply;
import dev.headwater.backbone.Embedding;
import dev.headwater.backbone.RandomWeightsFile;
import dev.headwater.snapshot.Snapshot;
import dev.headwater.snapshot.SnapshotFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The life of a model over HTTP, on the packaged application; the tests share it, in order. */
@TestMethodOrder(OrderAnnotation.class)
class LifeIT {
  private static final int IMAGES = 120;
  private static final int PREDICTIONS = 2_000;
  private static final int CALM_PREDICTIONS = Integer.getInteger("life.calm", 500);
  private static final int CLIENTS = 8;
  private static final int SWAPS = 50;
  private static final int VERSIONS = 4;
  private static final String MODEL = "/api/models/default";

  @TempDir static Path directory;
  static ServiceUnderTest service;
  static HttpCaller caller;
  static Path images;
  static List<String> weights;
  static boolean started;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(HeadwaterProcess.isPackaged(), "needs the packaged application: mvn package");
    if (!started) {
      started = true;
      weights = RandomWeightsFile.option(directory);
      var environment =
          Map.of("HEADWATER_RELEASE_POLICY", "manual", "HEADWATER_SNAPSHOT_EXAMPLES", "16");
      service = ServiceUnderTest.start(directory, weights, environment);
      caller = new HttpCaller(service);
      images = RealFiles.drawnImages(directory);
      learn();
    }
    assertThat(caller).as("the service, whose start failed before").isNotNull();
  }

  private static void learn() throws Exception {
    var produced =
        service.run("produce", images.toString(), "--limit", "" + IMAGES, "--seed", "3", "--json");
    assertThat(produced.exitCode()).as("%s", produced.err()).isZero();
    service.awaitModel("default", model -> model.get("examples").asInt() >= IMAGES);
  }

  @AfterAll
  static void stop() {
    if (service != null) {
      service.close();
    }
  }

  private static List<byte[]> files(int count) throws IOException {
    try (Stream<Path> found = Files.walk(images)) {
      var files = new ArrayList<byte[]>();
      for (Path file : found.filter(Files::isRegularFile).sorted().limit(count).toList()) {
        files.add(Files.readAllBytes(file));
      }
      return files;
    }
  }

  private static List<Long> versions() throws Exception {
    var kept = caller.get(MODEL + "/snapshots");
    assertThat(kept.status()).isEqualTo(200);
    var numbers = new ArrayList<Long>();
    kept.json().forEach(version -> numbers.add(version.get("version").asLong()));
    return numbers;
  }

  private static Snapshot version(long number) throws Exception {
    var file = caller.get(MODEL + "/snapshots/" + number);
    assertThat(file.status()).isEqualTo(200);
    assertThat(file.type()).isEqualTo(HttpCaller.OCTETS);
    return SnapshotFile.read(file.body());
  }

  private static Reply promote(long version) throws Exception {
    return command("{\"command\": \"promote\", \"version\": %d}".formatted(version));
  }

  private static Reply command(String json) throws Exception {
    return caller.post(MODEL + "/commands", json);
  }

  private static long served() throws Exception {
    return caller.get(MODEL).json().get("servedVersion").asLong();
  }

  @Test
  @Order(1)
  void shouldListVersionsNewestFirstAndGiveEachAsAFile() throws Exception {
    var numbers = versions();
    assertThat(numbers)
        .hasSizeGreaterThanOrEqualTo(VERSIONS)
        .isSortedAccordingTo((a, b) -> Long.compare(b, a));
    for (long number : numbers) {
      assertThat(version(number).version()).isEqualTo(number);
    }
    assertThat(caller.get(MODEL + "/snapshots/999").problem(404))
        .startsWith("version 999 of model default is not kept, expected one of [");
    assertThat(caller.get(MODEL + "/snapshots/x").problem(404)).contains("version x of model");
    assertThat(caller.get("/api/models/none/snapshots").problem(404))
        .isEqualTo("no model 'none' here");
    assertThat(caller.get("/api/models/none/snapshots/1").problem(404))
        .isEqualTo("no model 'none' here");
  }

  @Test
  @Order(2)
  void shouldAnswerAsTheVersionItNamesWhileVersionsAreSwapped() throws Exception {
    var numbers = versions().subList(0, VERSIONS);
    var heads = new HashMap<Long, Snapshot>();
    for (long number : numbers) {
      heads.put(number, version(number));
    }
    var pictures = files(40);
    var embeddings = TestEmbedder.embed(weights, pictures);
    promote(numbers.get(0));
    awaitAnswerOf(numbers.get(0), pictures.get(0));
    var calm = new SwapLoad(caller, pictures, CALM_PREDICTIONS).run(CLIENTS, () -> null);
    System.out.printf(
        "%d predictions of %d clients without a swap: longest pause between answers %.1f ms,"
            + " slowest answer %.1f ms%n",
        calm.size(), CLIENTS, SwapLoad.longestPause(calm, false), SwapLoad.slowest(calm));
    var answers =
        new SwapLoad(caller, pictures, PREDICTIONS)
            .run(
                CLIENTS,
                () -> {
                  for (int n = 1; n <= SWAPS; n++) {
                    assertThat(promote(numbers.get(n % VERSIONS)).status()).isEqualTo(200);
                  }
                  return null;
                });
    System.out.printf(
        "%d predictions of %d clients during %d swaps: longest pause between answers of two"
            + " versions %.1f ms, of one %.1f ms; slowest answer %.1f ms%n",
        answers.size(),
        CLIENTS,
        SWAPS,
        SwapLoad.longestPause(answers, true),
        SwapLoad.longestPause(answers, false),
        SwapLoad.slowest(answers));
    assertThat(answers).hasSizeGreaterThanOrEqualTo(PREDICTIONS);
    var seen = new HashSet<Long>();
    for (var answer : answers) {
      assertThat(answer.reply().status()).as("%s", answer.reply()).isEqualTo(200);
      seen.add(answer.version());
      assertThat(answer.probability())
          .as("image %d by version %d", answer.image(), answer.version())
          .isCloseTo(expected(heads, answer, embeddings), within(1e-6));
    }
    assertThat(seen).containsExactlyInAnyOrderElementsOf(numbers);
    Schemas.assertValid("classification.v1", new String(answers.get(0).reply().body(), UTF_8));
  }

  private static void awaitAnswerOf(long version, byte[] image) {
    Eventually.get(
        "an answer of version " + version,
        () -> Calls.unchecked(() -> predict(image).json()),
        answer -> answer.path("version").asLong() == version);
  }

  private static double expected(
      Map<Long, Snapshot> heads, SwapLoad.Answer answer, List<Embedding> embeddings) {
    return heads.get(answer.version()).head().probability(embeddings.get(answer.image()));
  }

  private static Reply predict(byte[] image) throws Exception {
    return caller.post(MODEL + "/predictions", "image/png", image);
  }

  @Test
  @Order(3)
  void shouldRefuseEachUnusableImportWithASentenceOfItsOwn() throws Exception {
    var good = version(versions().get(0));
    var image = files(1).get(0);
    long before = served();
    double answer = predict(image).json().get("probability").asDouble();
    var sentences = new HashMap<String, String>();
    for (var bad : BadImports.of(good).entrySet()) {
      var refused = caller.post(MODEL + "/snapshots", HttpCaller.OCTETS, bad.getValue());
      sentences.put(bad.getKey(), refused.problem(422));
    }
    System.out.println(String.join("\n", sentences.values()));
    assertThat(sentences.values()).doesNotHaveDuplicates();
    BadImports.SAYING.forEach((name, part) -> assertThat(sentences.get(name)).contains(part));
    assertThat(served()).isEqualTo(before);
    assertThat(predict(image).json().get("probability").asDouble()).isEqualTo(answer);
    var large = new byte[2 << 20];
    assertThat(caller.post(MODEL + "/snapshots", HttpCaller.OCTETS, large).problem(413))
        .startsWith("the snapshot has 2097152 bytes, at most");
  }

  @Test
  @Order(4)
  void shouldImportAHeadOnceAndServeIt() throws Exception {
    var file = SnapshotFile.write(version(versions().get(1)));
    var done = caller.post(MODEL + "/snapshots?id=import-1", HttpCaller.OCTETS, file);
    assertThat(done.status()).as("%s", done).isEqualTo(200);
    Schemas.assertValid("model-event.v1", new String(done.body(), UTF_8));
    assertThat(done.json().get("kind").asText()).isEqualTo("imported");
    long version = done.json().get("version").asLong();
    assertThat(versions().get(0)).isEqualTo(version);
    assertThat(served()).isEqualTo(version);
    var again = caller.post(MODEL + "/snapshots?id=import-1", HttpCaller.OCTETS, file);
    assertThat(again.json().get("message").asText()).endsWith("(answered before)");
    assertThat(versions().get(0)).isEqualTo(version);
    awaitAnswerOf(version, files(1).get(0));
  }

  @Test
  @Order(5)
  void shouldRefuseCallsThatCannotBeMeant() throws Exception {
    assertThat(promote(999).problem(422)).startsWith("version 999 of model default is not kept");
    assertThat(command("{").problem(400)).contains("is not valid JSON");
    assertThat(command("{\"command\": \"explode\"}").problem(400)).contains("'explode', expected");
    assertThat(command("{\"model\": \"x\", \"command\": \"pin\"}").problem(400))
        .contains("has the key 'default' and is about model 'x'");
    assertThat(caller.post("/api/models/none/commands", "{\"command\": \"pin\"}").problem(422))
        .isEqualTo("there is no model 'none'");
    var noImage = predict("hello".getBytes(UTF_8));
    assertThat(noImage.problem(422)).isNotBlank();
    assertThat(noImage.json().get("code").asText()).isEqualTo("IMAGE_FORMAT_UNKNOWN");
    assertThat(
            caller.post("/api/models/none/predictions", "image/png", files(1).get(0)).problem(404))
        .isEqualTo("model 'none' has no head in service");
    assertThat(predict(new byte[(16 << 20) + 1]).problem(413)).startsWith("the image has 16777217");
    assertThat(predict(new byte[(24 << 20) + 1]).problem(413))
        .contains("has a body of 25165825 bytes");
    assertThat(caller.post(MODEL + "/predictions", "text/plain", new byte[1]).problem(415))
        .isNotBlank();
    assertThat(service.call("POST", MODEL + "/commands").statusCode()).isEqualTo(401);
  }

  @Test
  @Order(6)
  void shouldTellEventsAsTheyHappen() throws Exception {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(caller.events("/api/events?model=default").body(), UTF_8))) {
      assertThat(lines.readLine()).startsWith(":");
      assertThat(command("{\"id\": \"pin-1\", \"command\": \"pin\"}").status()).isEqualTo(200);
      String line = lines.readLine();
      while (!line.startsWith("data:")) {
        line = lines.readLine();
      }
      String event = line.substring("data:".length());
      Schemas.assertValid("model-event.v1", event);
      assertThat(event).contains("\"pinned\"").contains("pin-1");
    }
  }

  @Test
  @Order(7)
  void shouldTakeImagesAndLabelsIntoTheStream() throws Exception {
    long before = caller.get(MODEL).json().get("examples").asLong();
    var image = caller.post(MODEL + "/images?id=http-1&domain=web", "image/png", goodImage());
    assertThat(image.status()).as("%s", image).isEqualTo(202);
    assertThat(image.json().get("id").asText()).isEqualTo("http-1");
    var label = caller.post(MODEL + "/labels", "{\"imageId\": \"http-1\", \"label\": 1}");
    assertThat(label.status()).as("%s", label).isEqualTo(202);
    JsonNode model =
        service.awaitModel("default", found -> found.get("examples").asLong() == before + 1);
    assertThat(model.get("domains").has("web")).isTrue();
    assertThat(caller.post(MODEL + "/labels", "{\"label\": 1}").problem(400)).contains("imageId");
    for (String query : List.of("id=", "label=", "domain=%20", "lable=1", "label=1&label=0")) {
      assertThat(caller.post(MODEL + "/images?" + query, "image/png", goodImage()).status())
          .as(query)
          .isEqualTo(400);
    }
    assertThat(caller.post(MODEL + "/images?domain=%07", "image/png", goodImage()).problem(400))
        .startsWith("domain is '?'");
  }

  private static byte[] goodImage() {
    return Garbage.goodImage();
  }
}
