package dev.headwater.cli.produce;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.headwater.cli.HeadwaterCommand;
import dev.headwater.cli.client.CapturedConsole;
import dev.headwater.cli.client.Context;
import dev.headwater.cli.client.FakeKafka;
import dev.headwater.event.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProduceDelayLabelsTest {
  @TempDir private Path dir;
  private final CapturedConsole console = new CapturedConsole();
  private FakeKafka kafka = new FakeKafka();

  private int produce(String... arguments) {
    var context = new Context(console.console(), options -> kafka, Optional.empty());
    var all = Stream.concat(Stream.of("produce", dir.toString()), Stream.of(arguments));
    return HeadwaterCommand.commandLine(context).execute(all.toArray(String[]::new));
  }

  @Test
  void shouldSendLabelsAfterTheirImagesWhenAskedTo() throws IOException {
    SampleFolder.domains(dir, 1);

    int code = produce("--delay-labels", "20ms", "--rate", "200", "--json");

    assertThat(code).isZero();
    assertThat(json().path("sent").asInt()).isEqualTo(6);
    assertThat(json().path("labelsSent").asInt()).isEqualTo(6);
    assertThat(json().path("labelsUnsent").asInt()).isZero();
    var images = kafka.sent("headwater.images");
    var labels = kafka.sent("headwater.labels");
    assertThat(images)
        .hasSize(6)
        .allSatisfy(image -> assertThat(image.headers().lastHeader("ce_label")).isNull());
    assertThat(labels)
        .extracting(label -> text(label.key()))
        .containsExactlyElementsOf(ids(images));
    assertThat(labels)
        .extracting(label -> Json.MAPPER.readTree(label.value()).path("label").asText())
        .containsOnly("0", "1");
    assertThat(kafka.sent().indexOf(labels.get(0)))
        .isGreaterThan(kafka.sent().indexOf(images.get(0)));
  }

  @Test
  void shouldWaitForPredictionsOfImagesWhoseLabelsComeLater() throws IOException {
    SampleFolder.domains(dir, 1);
    kafka =
        new FakeKafka()
            .answering((service, image) -> service.predict(text(image.key()), "default", 0.9, 1));

    int code = produce("--delay-labels", "1ms", "--wait");

    assertThat(code).isZero();
    assertThat(console.out())
        .contains("Sent 6 images to headwater.images")
        .contains("Sent 6 labels to headwater.labels.")
        .contains("6 predicted, 0 without a result.");
  }

  @Test
  void shouldNotTakeRefusedLabelsOrNotesForAnswers() throws IOException {
    SampleFolder.domains(dir, 1);
    kafka =
        new FakeKafka()
            .answering(
                (service, image) -> {
                  var topic = "headwater.dead-letters";
                  var id = text(image.key());
                  var retried = Map.of("retried.partition", "0", "retried.offset", "7");
                  service.add(topic, id, null, retried);
                  var label =
                      Map.of("error.code", "LABEL_UNKNOWN", "origin.topic", "headwater.labels");
                  service.add(topic, id, new byte[] {'x'}, label);
                  service.predict(id, "default", 0.9, 1);
                });

    assertThat(produce("--delay-labels", "0s", "--wait", "--json")).isZero();

    assertThat(json().path("predicted").asInt()).isEqualTo(6);
    assertThat(json().path("refused").asInt()).isZero();
  }

  @Test
  void shouldRequireTheLabelsTopicOnlyWhenItSendsThere() throws IOException {
    SampleFolder.domains(dir, 1);
    kafka = new FakeKafka("headwater.labels");

    assertThat(produce()).isZero();
    assertThat(produce("--delay-labels", "1s")).isEqualTo(1);
    assertThat(console.err()).contains("no topic headwater.labels");
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private static List<String> ids(List<ProducerRecord<byte[], byte[]>> images) {
    return images.stream().map(image -> text(image.key())).toList();
  }

  private JsonNode json() throws IOException {
    assertThat(console.out().lines()).hasSize(1);
    return Json.MAPPER.readTree(console.out());
  }
}
