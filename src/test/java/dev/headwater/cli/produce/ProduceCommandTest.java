package dev.headwater.cli.produce;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.headwater.cli.HeadwaterCommand;
import dev.headwater.cli.client.CapturedConsole;
import dev.headwater.cli.client.Context;
import dev.headwater.cli.client.FakeKafka;
import dev.headwater.event.ImageHeaders;
import dev.headwater.event.Json;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProduceCommandTest {
  @TempDir private Path dir;
  private final CapturedConsole console = new CapturedConsole();
  private FakeKafka kafka = new FakeKafka();

  private int produce(String... arguments) {
    var context = new Context(console.console(), options -> kafka, Optional.empty());
    var all = new ArrayList<>(List.of("produce", dir.toString()));
    all.addAll(List.of(arguments));
    return HeadwaterCommand.commandLine(context).execute(all.toArray(String[]::new));
  }

  private static String header(ProducerRecord<byte[], byte[]> image, String name) {
    return new String(image.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  @Test
  void shouldSendImagesAsBinaryCloudEvents() throws IOException {
    SampleFolder.domains(dir, 1);

    int code = produce("--positive", "giraffe", "--model", "zoo", "--domains", "photo");

    assertThat(code).isZero();
    assertThat(kafka.sent()).hasSize(2);
    var image = kafka.sent().get(0);
    var id = new String(image.key(), StandardCharsets.UTF_8);
    assertThat(image.topic()).isEqualTo("headwater.images");
    assertThat(image.value()).startsWith(0x89, 'P', 'N', 'G');
    assertThat(header(image, ImageHeaders.ID)).isEqualTo(id);
    assertThat(header(image, ImageHeaders.SPEC_VERSION)).isEqualTo("1.0");
    assertThat(header(image, ImageHeaders.TYPE)).isEqualTo("dev.headwater.image.v1");
    assertThat(header(image, ImageHeaders.CONTENT_TYPE)).isEqualTo("image/png");
    assertThat(header(image, ImageHeaders.MODEL)).isEqualTo("zoo");
    assertThat(header(image, ImageHeaders.DOMAIN)).isEqualTo("photo");
    assertThat(kafka.sent())
        .extracting(sent -> header(sent, ImageHeaders.LABEL))
        .containsExactlyInAnyOrder("0", "1");
  }

  @Test
  void shouldPrintNothingButTheSummaryAsJson() throws IOException {
    SampleFolder.domains(dir, 2);

    int code = produce("--json", "--limit", "6");

    var summary = json();
    assertThat(code).isZero();
    assertThat(summary.path("sent").asInt()).isEqualTo(6);
    assertThat(summary.path("refused").asInt()).isZero();
    assertThat(summary.path("positive").asText()).isEqualTo("giraffe");
    assertThat(summary.path("domains").path("cartoon").path("images").asInt()).isEqualTo(4);
    assertThat(summary.path("domains").path("photo").path("images").asInt()).isEqualTo(2);
    assertThat(summary.has("unanswered")).isFalse();
  }

  @Test
  void shouldRefuseWhatIsNoImageAndExitWithOne() throws IOException {
    SampleFolder.images(dir.resolve("a"), 1);
    SampleFolder.images(dir.resolve("b"), 1);
    Files.writeString(dir.resolve("a").resolve("text.jpg"), "no image");
    Files.createFile(dir.resolve("a").resolve("empty.png"));
    Files.createSymbolicLink(dir.resolve("b").resolve("dangling.png"), dir.resolve("nowhere"));
    try (var large = new RandomAccessFile(dir.resolve("b").resolve("large.png").toFile(), "rw")) {
      large.setLength((16L << 20) + 1);
    }

    int code = produce();

    assertThat(code).isEqualTo(1);
    assertThat(kafka.sent()).hasSize(2);
    assertThat(console.err())
        .contains("text.jpg: not a JPEG, PNG, GIF, BMP or WebP file")
        .contains("empty.png: empty file")
        .contains("dangling.png: not a regular file, or a link to nothing")
        .contains("large.png: 16777217 bytes, at most 16777216 allowed");
    assertThat(console.out())
        .contains("Sent 2 images to headwater.images")
        .contains("4 refused")
        .contains("positive class b (the alphabetically second; --positive chooses), against a");
  }

  @Test
  void shouldWaitForPredictionsAndCountDeadLettersAsRefused() throws IOException {
    SampleFolder.domains(dir, 1);
    kafka =
        new FakeKafka()
            .answering(
                (service, image) -> {
                  var id = new String(image.key(), StandardCharsets.UTF_8);
                  if (header(image, ImageHeaders.DOMAIN).equals("sketch")) {
                    service.refuse(id, "IMAGE_CORRUPT", "no pixels");
                  } else {
                    service.predict(id, "default", 0.9, 1);
                  }
                });

    int code = produce("--wait", "--json");

    var summary = json();
    assertThat(code).isEqualTo(1);
    assertThat(summary.path("sent").asInt()).isEqualTo(6);
    assertThat(summary.path("predicted").asInt()).isEqualTo(4);
    assertThat(summary.path("unanswered").asInt()).isZero();
    assertThat(summary.path("refused").asInt()).isEqualTo(2);
    assertThat(summary.path("refusals").get(0).path("reason").asText())
        .isEqualTo("IMAGE_CORRUPT: no pixels");
  }

  @Test
  void shouldGiveUpWaitingWhenNothingIsAnswered() throws IOException {
    SampleFolder.domains(dir, 1);

    int code = produce("--wait", "--wait-timeout", "0", "--limit", "3");

    assertThat(code).isEqualTo(1);
    assertThat(console.err()).contains("3 images were neither predicted nor refused within 0 s");
  }

  @Test
  void shouldExitWithTwoWhenTheCommandLineDoesNotFitTheFolder() throws IOException {
    SampleFolder.domains(dir, 1);

    assertThat(produce("--domains", "photo,film")).isEqualTo(2);
    assertThat(produce("--positive", "cat")).isEqualTo(2);
    assertThat(produce("--domain", "x")).isEqualTo(2);
    assertThat(produce("--rate", "0")).isEqualTo(2);
    assertThat(produce("--limit", "-1")).isEqualTo(2);
    assertThat(produce("--delay-labels", "30")).isEqualTo(2);
    assertThat(produce("--delay-labels", "400d")).isEqualTo(2);
    assertThat(console.err())
        .contains("there is no domain \"film\"; found cartoon, photo, sketch")
        .contains("there is no class \"cat\"; found elephant, giraffe")
        .contains("--rate must be over 0")
        .contains("expected a duration like 250ms, 10s, 5m or 2h, found '30'")
        .contains("expected a duration of at most 365 days, found '400d'");
    assertThat(kafka.sent()).isEmpty();
  }

  @Test
  void shouldSayWhichTopicIsMissing() throws IOException {
    SampleFolder.domains(dir, 1);
    kafka = new FakeKafka("headwater.images");

    assertThat(produce()).isEqualTo(1);
    assertThat(console.err()).isEqualTo("headwater: no topic headwater.images\n");
    assertThat(console.out()).isEmpty();
  }

  private JsonNode json() throws IOException {
    assertThat(console.out().lines()).hasSize(1);
    return Json.MAPPER.readTree(console.out());
  }
}
