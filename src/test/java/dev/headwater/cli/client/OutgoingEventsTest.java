package dev.headwater.cli.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.event.ImageEventReader;
import dev.headwater.event.LabelEvent;
import dev.headwater.event.LabelEventReader;
import dev.headwater.event.RecordSource;
import dev.headwater.event.RejectedException;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** What the command line sends, header by header, and that the service reads it. */
class OutgoingEventsTest {
  private static final Instant TIME = Instant.parse("2026-01-31T12:00:00.120Z");
  private static final OutgoingImage IMAGE =
      new OutgoingImage(
          "cam-1",
          "zoo",
          "Straße 7",
          Optional.of("1"),
          "image/png",
          new byte[] {(byte) 0x89, 'P', 'N', 'G'},
          TIME);

  private static Map<String, String> headers(ProducerRecord<byte[], byte[]> event) {
    var headers = new TreeMap<String, String>();
    for (var header : event.headers()) {
      assertThat(headers.put(header.key(), new String(header.value(), UTF_8))).isNull();
    }
    return headers;
  }

  private static RecordSource source(ProducerRecord<byte[], byte[]> event) {
    return new RecordSource(event.key(), event.headers(), "topic-0-0", Instant.EPOCH);
  }

  @Test
  void shouldSendImagesAsBinaryCloudEvents() throws RejectedException {
    var event = IMAGE.toRecord("images");

    assertThat(event.topic()).isEqualTo("images");
    assertThat(event.partition()).isNull();
    assertThat(event.key()).asString(UTF_8).isEqualTo("cam-1");
    assertThat(headers(event))
        .isEqualTo(
            Map.of(
                "ce_specversion",
                "1.0",
                "ce_id",
                "cam-1",
                "ce_source",
                "/headwater/cli",
                "ce_type",
                "dev.headwater.image.v1",
                "ce_time",
                "2026-01-31T12:00:00.12Z",
                "content-type",
                "image/png",
                "ce_model",
                "zoo",
                "ce_domain",
                "Straße 7",
                "ce_label",
                "1"));
    var read = ImageEventReader.read(event.value(), source(event));
    assertThat(read.domain()).isEqualTo("Straße 7");
    assertThat(read.time()).isEqualTo(TIME);
    assertThat(read.image()).isEqualTo(IMAGE.file());
    assertThat(event.value()).as("not copied").isSameAs(IMAGE.file());
  }

  @Test
  void shouldLeaveTheLabelOutWhenItComesLater() {
    var event = IMAGE.withoutLabel().toRecord("images");

    assertThat(headers(event)).hasSize(8).doesNotContainKey("ce_label");
  }

  @Test
  void shouldSendLabelsAsBinaryCloudEvents() throws IOException, RejectedException {
    var label = new LabelEvent("cam-1", "giraffe", TIME);

    var event = new OutgoingLabel(label).toRecord("labels");

    assertThat(event.topic()).isEqualTo("labels");
    assertThat(event.key()).asString(UTF_8).isEqualTo("cam-1");
    assertThat(headers(event))
        .hasSize(7)
        .containsEntry("ce_specversion", "1.0")
        .containsEntry("ce_source", "/headwater/cli")
        .containsEntry("ce_type", "dev.headwater.label.v1")
        .containsEntry("ce_subject", "cam-1")
        .containsEntry("ce_time", "2026-01-31T12:00:00.12Z")
        .containsEntry("content-type", "application/json")
        .containsKey("ce_id");
    assertThat(SchemaFaults.of("label-event.v1", new String(event.value(), UTF_8))).isEmpty();
    assertThat(LabelEventReader.read(event.value(), source(event))).isEqualTo(label);
  }
}
