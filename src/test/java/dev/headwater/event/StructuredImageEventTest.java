package dev.headwater.event;

import static dev.headwater.event.ErrorCode.EVENT_FIELD_INVALID;
import static dev.headwater.event.ErrorCode.EVENT_MALFORMED;
import static dev.headwater.event.ErrorCode.EVENT_WITHOUT_IMAGE;
import static dev.headwater.event.TestRecords.assertRefused;
import static dev.headwater.event.TestRecords.read;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the CloudEvents SDK writes is read the same in both modes. */
class StructuredImageEventTest {
  private static final Map<String, String> STRUCTURED =
      Map.of("content-type", "Application/CloudEvents+JSON; charset=UTF-8");
  private static final byte[] IMAGE = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 0, 1, 2};

  private static CloudEventBuilder event() {
    return CloudEventBuilder.v1()
        .withId("cam-1-0043")
        .withSource(URI.create("/cameras/1"))
        .withType("dev.headwater.image.v1")
        .withTime(OffsetDateTime.parse("2026-01-31T13:00:00+01:00"))
        .withData("image/jpeg", IMAGE);
  }

  private static ImageEvent structured(CloudEvent event) throws RejectedException {
    return read(new JsonFormat().serialize(event), STRUCTURED);
  }

  private static ImageEvent binary(CloudEvent event) throws RejectedException {
    var sent = KafkaMessageFactory.createWriter("images").writeBinary(event);
    return ImageEventReader.read(
        sent.value(),
        new RecordSource(null, sent.headers(), TestRecords.POSITION, TestRecords.TIME));
  }

  @Test
  void shouldReadTheSameEventInBothModes() throws RejectedException {
    var event =
        event()
            .withExtension("model", "parcels")
            .withExtension("domain", "night")
            .withExtension("label", true)
            .build();

    var structured = structured(event);

    assertThat(structured).usingRecursiveComparison().isEqualTo(binary(event));
    assertThat(structured.id()).isEqualTo("cam-1-0043");
    assertThat(structured.model()).isEqualTo("parcels");
    assertThat(structured.domain()).isEqualTo("night");
    assertThat(structured.label()).contains("true");
    assertThat(structured.time()).isEqualTo("2026-01-31T12:00:00Z");
    assertThat(structured.image()).isEqualTo(IMAGE);
  }

  @Test
  void shouldTakeTheSourceForAMissingDomain() throws RejectedException {
    assertThat(structured(event().build()).domain()).isEqualTo("/cameras/1");
    assertThat(binary(event().build()).domain()).isEqualTo("/cameras/1");
  }

  @Test
  void shouldReadAStructuredEventWithoutAContentType() throws RejectedException {
    var json = new JsonFormat().serialize(event().build());
    assertThat(read(json, Map.of()).image()).isEqualTo(IMAGE);
  }

  @Test
  void shouldPreferTheContentTypeToStrayHeaders() throws RejectedException {
    var json = new JsonFormat().serialize(event().build());
    var headers = Map.of("content-type", EventJson.CLOUD_EVENT, ImageHeaders.ID, "stray");
    assertThat(read(json, headers).id()).isEqualTo("cam-1-0043");
  }

  @Test
  void shouldReadAnImageOfTheLargestSizeAllowed() throws RejectedException {
    var large = event().withData("image/jpeg", new byte[16 << 20]).build();
    assertThat(structured(large).image()).hasSize(16 << 20);
  }

  @Test
  void shouldRefuseAnotherType() {
    assertStructuredRefused(EVENT_FIELD_INVALID, event().withType("com.example.other").build());
  }

  @Test
  void shouldRefuseDataThatIsNoBase64() {
    String json =
        """
        {"specversion":"1.0","id":"a","source":"/b","type":"dev.headwater.image.v1",
         "data_base64":"file:///etc/passwd"}
        """;
    assertRefused(EVENT_MALFORMED, json.getBytes(UTF_8), STRUCTURED);
  }

  @Test
  void shouldRefuseAReferenceInPlaceOfData() {
    String json =
        """
        {"specversion":"1.0","id":"a","source":"/b","type":"dev.headwater.image.v1",
         "dataref":"http://localhost/image.jpg"}
        """;
    assertRefused(EVENT_WITHOUT_IMAGE, json.getBytes(UTF_8), STRUCTURED);
  }

  @Test
  void shouldNameWhatAnEventLacks() {
    String json = "{\"specversion\":\"1.0\",\"id\":\"a\",\"type\":\"dev.headwater.image.v1\"}";
    assertRefused(EVENT_MALFORMED, json.getBytes(UTF_8), STRUCTURED).hasMessageContaining("source");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"specversion", "id", "source", "type", "time", "data_base64", "datacontenttype"})
  void shouldRefuseAnAttributeOfAnotherKind(String attribute) {
    for (String value : List.of("7", "true", "[]", "{}", "[null]", "\"\"", "\"\\u0000\"")) {
      String json =
          Stream.of("specversion:1.0", "id:a", "source:/b", "type:dev.headwater.image.v1")
              .map(pair -> pair.split(":", 2))
              .filter(pair -> !pair[0].equals(attribute))
              .map(pair -> "\"%s\":\"%s\",".formatted(pair[0], pair[1]))
              .collect(joining("", "{", "\"%s\":%s}".formatted(attribute, value)));
      assertThatThrownBy(() -> read(json.getBytes(UTF_8), STRUCTURED))
          .as("%s", json)
          .isInstanceOf(RejectedException.class);
    }
  }

  @Test
  void shouldRefuseAnOlderVersionOfTheSpecification() {
    String json =
        """
        {"specversion":"0.3","id":"a","source":"/b","type":"dev.headwater.image.v1",
         "datacontentencoding":"base64","data":"/9j/"}
        """;
    assertRefused(EVENT_MALFORMED, json.getBytes(UTF_8), STRUCTURED);
  }

  @Test
  void shouldRefuseABatch() {
    var headers = Map.of("content-type", "application/cloudevents-batch+json");
    assertRefused(EVENT_MALFORMED, "{}".getBytes(UTF_8), headers).hasMessageContaining("batch");
  }

  @Test
  void shouldRefuseAnotherVersionOfTheSpecification() {
    assertRefused(EVENT_FIELD_INVALID, IMAGE, Map.of("ce_specversion", "0.3", "ce_id", "a"));
  }

  private static void assertStructuredRefused(ErrorCode code, CloudEvent event) {
    assertRefused(code, new JsonFormat().serialize(event), STRUCTURED);
  }
}
