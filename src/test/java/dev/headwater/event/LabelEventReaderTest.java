package dev.headwater.event;

import static dev.headwater.event.ErrorCode.EVENT_EMPTY;
import static dev.headwater.event.ErrorCode.EVENT_FIELD_INVALID;
import static dev.headwater.event.ErrorCode.EVENT_MALFORMED;
import static dev.headwater.event.ErrorCode.EVENT_WITHOUT_LABEL;
import static dev.headwater.event.TestRecords.TIME;
import static dev.headwater.event.TestRecords.source;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonFormat;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelEventReaderTest {
  private static final Map<String, String> BINARY =
      Map.of(
          "ce_specversion", "1.0",
          "ce_id", "label-7",
          "ce_source", "/people/desk-3",
          "ce_type", "dev.headwater.label.v1",
          "ce_subject", "cam-1-0043",
          "content-type", "application/json");

  private static LabelEvent read(String key, String value) throws RejectedException {
    return LabelEventReader.read(value.getBytes(UTF_8), source(key, Map.of()));
  }

  private static void assertRefused(ErrorCode code, String key, String value) {
    assertThatThrownBy(() -> read(key, value))
        .isInstanceOfSatisfying(RejectedException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void shouldReadPlainJson() throws RejectedException {
    String json = "{\"imageId\": \"a\", \"label\": \"cat\", \"time\": \"2026-02-01T00:00:00Z\"}";
    assertThat(read("other", json))
        .isEqualTo(new LabelEvent("a", "cat", Instant.parse("2026-02-01T00:00:00Z")));
  }

  @Test
  void shouldTakeTheKeyAsTheImagesId() throws RejectedException {
    assertThat(read("a", "{\"label\": 1}")).isEqualTo(new LabelEvent("a", "1", TIME));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cat", "1", "true", " cat\n"})
  void shouldReadABareLabel(String value) throws RejectedException {
    assertThat(read("a", value)).isEqualTo(new LabelEvent("a", value.strip(), TIME));
  }

  @Test
  void shouldReadACloudEventInBinaryMode() throws RejectedException {
    byte[] data = "{\"label\": \"cat\"}".getBytes(UTF_8);
    assertThat(LabelEventReader.read(data, source("key", BINARY)))
        .isEqualTo(new LabelEvent("cam-1-0043", "cat", TIME));
  }

  @Test
  void shouldReadACloudEventInStructuredMode() throws RejectedException {
    var event =
        CloudEventBuilder.v1()
            .withId("label-7")
            .withSource(URI.create("/people/desk-3"))
            .withType("dev.headwater.label.v1")
            .withSubject("cam-1-0043")
            .withData("application/json", "{\"label\": true}".getBytes(UTF_8))
            .build();
    var headers = Map.of("content-type", "application/cloudevents+json");
    assertThat(LabelEventReader.read(new JsonFormat().serialize(event), source(null, headers)))
        .isEqualTo(new LabelEvent("cam-1-0043", "true", TIME));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"imageId": "a"}                           | EVENT_WITHOUT_LABEL
          {"imageId": "a", "label": null}            | EVENT_WITHOUT_LABEL
          {"imageId": "a", "label": [1]}             | EVENT_MALFORMED
          {"imageId": "a", "label": 1, "label": 0}   | EVENT_MALFORMED
          {"imageId": 7, "label": 1}                 | EVENT_MALFORMED
          {"imageId": "a", "label"                   | EVENT_MALFORMED
          {"imageId": "", "label": "cat"}            | EVENT_FIELD_INVALID
          """)
  void shouldRefuseWhatIsNoLabelEvent(String value, ErrorCode code) {
    assertRefused(code, "key", value);
  }

  @Test
  void shouldRefuseALabelThatNamesNoImage() {
    assertRefused(EVENT_FIELD_INVALID, null, "{\"label\": 1}");
    assertRefused(EVENT_FIELD_INVALID, "", "cat");
  }

  @Test
  void shouldRefuseEmptiness() {
    assertRefused(EVENT_EMPTY, "a", "");
    assertRefused(EVENT_WITHOUT_LABEL, "a", "  \n");
  }

  @Test
  void shouldRefuseALabelOfTooManyBytes() {
    assertRefused(EVENT_MALFORMED, "a", "x".repeat(LabelEventReader.LARGEST + 1));
    assertRefused(EVENT_FIELD_INVALID, "a", "x".repeat(LabelEventReader.LARGEST - 200));
  }
}
