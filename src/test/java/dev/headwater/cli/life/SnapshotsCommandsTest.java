package dev.headwater.cli.life;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.headwater.cli.client.CapturedConsole;
import dev.headwater.event.Json;
import dev.headwater.event.ModelVersion;
import dev.headwater.head.DenseHead;
import dev.headwater.snapshot.Snapshot;
import dev.headwater.snapshot.SnapshotFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotsCommandsTest {
  private static final String PATH = "/api/models/default/snapshots";
  private static final String BACKBONE = "ab".repeat(32);
  private static final List<String> CLASSES = List.of("elephant", "giraffe");
  private static final Instant TIME = Instant.parse("2026-01-31T12:00:00Z");

  @TempDir private Path folder;
  private final CapturedConsole console = new CapturedConsole();
  private FakeService service;

  @BeforeEach
  void startService() throws IOException {
    service =
        new FakeService()
            .on("GET " + PATH, 200, list(version(7, 0.25, false), version(6, 0.5, true)))
            .on("GET " + PATH + "/7", 200, file(7, 0.25))
            .on("GET " + PATH + "/6", 200, file(6, 0.5));
  }

  @AfterEach
  void stopService() {
    service.close();
  }

  private int run(String... arguments) {
    return service.run(
        console,
        Stream.concat(Stream.of("snapshots"), Stream.of(arguments)).toArray(String[]::new));
  }

  private static String list(ModelVersion... versions) {
    return Json.MAPPER.valueToTree(versions).toString();
  }

  private static ModelVersion version(long number, double threshold, boolean served) {
    return new ModelVersion(
        number,
        number - 6,
        TIME,
        "training",
        64 * number,
        Optional.of(0.9375),
        Optional.empty(),
        BACKBONE,
        CLASSES,
        threshold,
        served);
  }

  private static byte[] file(long number, double threshold) {
    return SnapshotFile.write(
        new Snapshot(
            "default",
            number,
            number - 6,
            BACKBONE,
            false,
            CLASSES,
            threshold,
            64 * number,
            Optional.of(0.9375),
            Optional.empty(),
            TIME,
            "training",
            DenseHead.initial(4, number)));
  }

  @Test
  void shouldListVersionsAndMarkTheOneInService() {
    assertThat(run("list", "default")).isZero();
    assertThat(console.out())
        .isEqualTo(
            """
            version     parent  created at            by        examples  accuracy  window  threshold
                  7          1  2026-01-31T12:00:00Z  training       448     0.938       -       0.25
                  6  *       -  2026-01-31T12:00:00Z  training       384     0.938       -        0.5
            """);
    assertThat(console.err()).isEmpty();
  }

  @Test
  void shouldRoundThresholdsThatWereTuned() {
    assertThat(VersionText.threshold(0.48372615)).isEqualTo("0.4837");
    assertThat(VersionText.threshold(0.00001)).isEqualTo("0.00001");
  }

  @Test
  void shouldListAsTheServiceAnsweredForPrograms() {
    assertThat(run("list", "default", "--json")).isZero();
    assertThat(console.out())
        .isEqualTo(list(version(7, 0.25, false), version(6, 0.5, true)) + "\n");
  }

  @Test
  void shouldSayThatThereIsNoVersionYet() {
    service.on("GET " + PATH, 200, "[]");
    assertThat(run("list", "default")).isZero();
    assertThat(console.err()).isEqualTo("headwater: model default has no version yet\n");
    assertThat(run("list", "dogs")).isEqualTo(1);
  }

  @Test
  void shouldShowOneVersion() throws IOException {
    assertThat(run("show", "default", "6")).isZero();
    assertThat(console.out())
        .contains("in service       yes\n", "parent           -\n", "threshold        0.5\n")
        .contains("classes          elephant / giraffe\n", "backbone         " + BACKBONE);
    assertThat(run("show", "default", "5")).isEqualTo(1);
    assertThat(console.err())
        .isEqualTo("headwater: version 5 of model default is not kept, expected one of [7, 6]\n");
  }

  @Test
  void shouldShowOneVersionForPrograms() throws IOException {
    assertThat(run("show", "default", "6", "--json")).isZero();
    assertThat(Json.MAPPER.readValue(console.out(), ModelVersion.class))
        .isEqualTo(version(6, 0.5, true));
  }

  @Test
  void shouldExportTheFileAsItIsAndNothingElse() throws IOException {
    Path out = folder.resolve("head.safetensors");
    assertThat(run("export", "default", "7", "--out=" + out)).isZero();
    assertThat(out).hasBinaryContent(file(7, 0.25));
    assertThat(folder).isDirectoryContaining(out::equals).isNotEmptyDirectory();
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(out);
    }
    assertThat(console.out()).contains("version 7 of model default is in " + out);
  }

  @Test
  void shouldOverwriteAFileOnlyWhenForced() throws IOException {
    Path out = Files.writeString(folder.resolve("head.safetensors"), "mine");
    assertThat(run("export", "default", "7", "--out=" + out)).isEqualTo(1);
    assertThat(out).hasContent("mine");
    assertThat(console.err()).contains("exists already", "--force");
    assertThat(service.asked()).as("found out before anything was fetched").isEmpty();

    assertThat(run("export", "default", "7", "--out=" + out, "--force", "--json")).isZero();
    assertThat(out).hasBinaryContent(file(7, 0.25));
    assertThat(Json.MAPPER.readTree(console.out()).path("file").asText()).isEqualTo(out + "");
  }

  @Test
  void shouldExportNothingThatIsNotTheVersionAskedFor() throws IOException {
    Path out = folder.resolve("head.safetensors");
    service.on("GET " + PATH + "/7", 200, file(6, 0.5));
    assertThat(run("export", "default", "7", "--out=" + out)).isEqualTo(1);
    service.on("GET " + PATH + "/7", 200, "<html>");
    assertThat(run("export", "default", "7", "--out=" + out)).isEqualTo(1);
    assertThat(console.err()).contains("sent version 6 when asked for 7", "is not a snapshot");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void shouldSayWhereAFileCannotBeWritten() {
    Path out = folder.resolve("nowhere/head.safetensors");
    assertThat(run("export", "default", "7", "--out=" + out)).isEqualTo(1);
    assertThat(console.err()).contains("cannot write " + out);
    assertThat(run("export", "default", "7", "--out=" + folder)).isEqualTo(1);
    assertThat(console.err()).contains(folder + " is a directory");
  }

  @Test
  void shouldSendAFileToImport() throws IOException {
    Path head = Files.write(folder.resolve("head.safetensors"), file(3, 0.5));
    Path token = Files.writeString(folder.resolve("token"), FakeService.TOKEN);
    service.on(
        "POST " + PATH + "?id=mine+1",
        200,
        "{\"model\":\"default\",\"kind\":\"imported\",\"version\":8,\"message\":\"it serves\","
            + "\"time\":\"2026-01-31T12:00:00Z\"}");
    assertThat(run("import", "default", head.toString(), "--id=mine 1", "--token-file=" + token))
        .isZero();
    assertThat(console.out()).isEqualTo("it serves\n");
    var asked = service.asked().get(0);
    assertThat(asked.contentType()).isEqualTo("application/octet-stream");
    assertThat(asked.body()).isEqualTo(file(3, 0.5));
  }

  @Test
  void shouldPrintNothingOfAFileThatMovesACursor() throws IOException {
    byte[] evil =
        "{\"\\u001b[2J\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}".getBytes(UTF_8);
    var bytes = ByteBuffer.allocate(8 + evil.length + 4).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(evil.length).put(evil);
    Path head = Files.write(folder.resolve("evil.safetensors"), bytes.array());
    assertThat(run("import", "default", head.toString())).isEqualTo(1);
    assertThat(console.err()).contains("cannot be imported").doesNotContain("\u001b");
  }

  @Test
  void shouldSendNoFileThatCannotBeImported() throws IOException {
    Path pickle = Files.write(folder.resolve("head.pt"), new byte[] {(byte) 0x80, 4, 1, 1, 1, 1});
    Path large = Files.write(folder.resolve("large"), new byte[2 << 20]);
    Path missing = folder.resolve("missing");
    assertThat(run("import", "default", pickle.toString())).isEqualTo(1);
    assertThat(run("import", "default", large.toString())).isEqualTo(1);
    assertThat(run("import", "default", missing.toString())).isEqualTo(1);
    assertThat(console.err().lines())
        .hasSize(3)
        .satisfiesExactly(
            line -> assertThat(line).contains(pickle + " cannot be imported: "),
            line -> assertThat(line).contains(large + " has more than 1040384 bytes"),
            line -> assertThat(line).contains("there is no file " + missing));
    assertThat(service.asked()).isEmpty();
  }

  @Test
  void shouldCompareTwoVersions() {
    assertThat(run("diff", "default", "6", "7")).isZero();
    assertThat(console.out())
        .contains("default          A ", "version          6 ", "threshold        0.5 ")
        .containsPattern("dense/kernel +-?0\\.0\\d{5} +1\\.4\\d{5}\n")
        .containsPattern("dense/bias +- +-\n");
  }

  @Test
  void shouldCompareTwoVersionsForPrograms() throws IOException {
    assertThat(run("diff", "default", "6", "6", "--json")).isZero();
    JsonNode json = Json.MAPPER.readTree(console.out());
    assertThat(json.path("a").path("version").asLong()).isEqualTo(6);
    assertThat(json.path("tensors")).hasSize(4);
    assertThat(json.path("tensors").path(0).path("relativeL2").asDouble(-1)).isZero();
    assertThat(json.path("tensors").path(0).path("cosine").asDouble()).isEqualTo(1);
    assertThat(json.path("tensors").path(1).path("cosine").isNull()).isTrue();
  }

  @Test
  void shouldMeasureDifferencesOfTensors() {
    var turned = TensorDifference.of("dense/bias", new float[] {3, 4}, new float[] {4, 3});
    assertThat(turned.cosine()).contains(0.96);
    assertThat(turned.relativeL2().orElseThrow())
        .isCloseTo(Math.sqrt(2) / 5, org.assertj.core.data.Offset.offset(1e-12));
    assertThat(TensorDifference.of("dense/bias", new float[2], new float[3]))
        .isEqualTo(new TensorDifference("dense/bias", Optional.empty(), Optional.empty()));
  }
}
