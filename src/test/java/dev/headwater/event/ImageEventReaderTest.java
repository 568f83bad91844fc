package dev.headwater.event;

import static dev.headwater.event.ErrorCode.EVENT_EMPTY;
import static dev.headwater.event.ErrorCode.EVENT_FIELD_INVALID;
import static dev.headwater.event.ErrorCode.EVENT_WITHOUT_IMAGE;
import static dev.headwater.event.TestRecords.POSITION;
import static dev.headwater.event.TestRecords.TIME;
import static dev.headwater.event.TestRecords.assertRefused;
import static dev.headwater.event.TestRecords.read;
import static dev.headwater.event.TestRecords.source;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageEventReaderTest {
  private static final byte[] FILE = {(byte) 0xff, (byte) 0xd8, 1, 2, 3};

  @Test
  void shouldReadEveryHeaderOfACloudEventInBinaryMode() throws Exception {
    var event =
        read(
            FILE,
            Map.of(
                "ce_specversion", "1.0",
                "ce_id", "7f3a",
                "ce_source", "/camera/4",
                "ce_type", "dev.headwater.image.v1",
                "ce_time", "2025-06-01T08:30:00+02:00",
                "content-type", "image/jpeg",
                "ce_model", "parts",
                "ce_domain", "line-2",
                "ce_label", "scratched"));
    assertThat(event.id()).isEqualTo("7f3a");
    assertThat(event.model()).isEqualTo("parts");
    assertThat(event.domain()).isEqualTo("line-2");
    assertThat(event.label()).contains("scratched");
    assertThat(event.time()).isEqualTo(Instant.parse("2025-06-01T06:30:00Z"));
    assertThat(event.image()).isEqualTo(FILE);
  }

  @Test
  void shouldReadABareFileByTheRecordItCameIn() throws Exception {
    var event = read(FILE, Map.of());
    assertThat(event.id()).isEqualTo(POSITION);
    assertThat(event.model()).isEqualTo("default");
    assertThat(event.domain()).isEqualTo("default");
    assertThat(event.label()).isEmpty();
    assertThat(event.time()).isEqualTo(TIME);
    assertThat(event.image()).isEqualTo(FILE);
  }

  @Test
  void shouldTakeTheRecordsKeyForTheIdOfAnEventThatHasNone() throws Exception {
    assertThat(ImageEventReader.read(FILE, source("frame 12", Map.of())).id())
        .isEqualTo("frame 12");
    assertThat(ImageEventReader.read(FILE, source("", Map.of())).id()).isEqualTo(POSITION);
    assertThat(ImageEventReader.read(FILE, source("k", Map.of("ce_id", "i"))).id()).isEqualTo("i");
  }

  @Test
  void shouldTakeTheSourceForTheDomainOfAnEventThatHasNone() throws Exception {
    assertThat(read(FILE, Map.of("ce_source", "/camera/4")).domain()).isEqualTo("/camera/4");
  }

  @Test
  void shouldCountAnEmptyHeaderAsNone() throws Exception {
    var event =
        read(
            FILE,
            Map.of("ce_id", "", "ce_model", "", "ce_domain", "", "ce_label", "", "ce_time", ""));
    assertThat(event.id()).isEqualTo(POSITION);
    assertThat(event.model()).isEqualTo("default");
    assertThat(event.domain()).isEqualTo("default");
    assertThat(event.label()).isEmpty();
    assertThat(event.time()).isEqualTo(TIME);
  }

  @Test
  void shouldTakeTheLastOfHeadersThatRepeat() throws Exception {
    var source = source(null, Map.of("ce_id", "first"));
    source.headers().add("ce_id", "last".getBytes(UTF_8));
    assertThat(ImageEventReader.read(FILE, source).id()).isEqualTo("last");
  }

  @Test
  void shouldRefuseARecordWithoutAValue() {
    assertRefused(EVENT_EMPTY, null, Map.of())
        .hasMessage("record %s has no value, expected an image", POSITION);
    assertRefused(EVENT_EMPTY, new byte[0], Map.of("ce_id", "a"));
  }

  @Test
  void shouldRefuseACloudEventOfAnotherType() {
    assertRefused(EVENT_FIELD_INVALID, FILE, Map.of("ce_id", "a", "ce_type", "order.v1"))
        .hasMessage("the CloudEvent's type is 'order.v1', expected 'dev.headwater.image.v1'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ce_id", "ce_domain", "ce_source", "ce_label"})
  void shouldRefuseTextThatIsTooLongBlankOrNotPrintable(String header) {
    for (String text : new String[] {"x".repeat(257), " ", "a\nb", "a\u0000", "a\u009fb"}) {
      assertRefused(EVENT_FIELD_INVALID, FILE, Map.of(header, text))
          .hasMessageContaining("expected 1 to 256 printable characters");
    }
  }

  @Test
  void shouldRefuseAHeaderThatIsNotUtf8() {
    var source = source(null, Map.of());
    source.headers().add("ce_id", new byte[] {(byte) 0xc3, 0x28});
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> ImageEventReader.read(FILE, source))
        .hasMessageContaining("id is");
  }

  @Test
  void shouldTakeTextOfTheGreatestLengthInAnyScript() throws Exception {
    String name = "写真".repeat(128);
    assertThat(read(FILE, Map.of("ce_domain", name)).domain()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-a", "a b", "a/b", "ä", "..", "../up", " "})
  void shouldRefuseAModelNameThatNoTopicKeyOrFileShouldHave(String model) {
    assertRefused(EVENT_FIELD_INVALID, FILE, Map.of("ce_model", model))
        .hasMessageContaining("model is '%s'", model);
    assertRefused(EVENT_FIELD_INVALID, FILE, Map.of("ce_model", "m".repeat(101)));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-31T12:00:00Z, 2026-01-31T12:00:00Z",
    "2026-01-31t12:00:00z, 2026-01-31T12:00:00Z",
    "2026-01-31T12:00:00.123456789+05:30, 2026-01-31T06:30:00.123456789Z",
    "2026-01-31T12:00:00-00:00, 2026-01-31T12:00:00Z"
  })
  void shouldReadTimesOfRfc3339(String text, Instant expected) throws Exception {
    assertThat(read(FILE, Map.of("ce_time", text)).time()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"yesterday", "2026-01-31", "2026-01-31T12:00:00", "2026-02-30T12:00:00Z", "1e9"})
  void shouldRefuseOtherTimes(String text) {
    assertRefused(EVENT_FIELD_INVALID, FILE, Map.of("ce_time", text))
        .hasMessage("time is '%s', expected RFC 3339 such as 2026-01-31T12:00:00Z", text);
  }

  @Test
  void shouldTakeABinaryCloudEventForItsBytesWhateverTheyLookLike() throws Exception {
    byte[] braces = "{}".getBytes(UTF_8);
    assertThat(read(braces, Map.of("ce_id", "a")).image()).isEqualTo(braces);
    assertThat(read(braces, Map.of("ce_specversion", "1.0")).image()).isEqualTo(braces);
  }

  @Test
  void shouldTakeAnythingElseThatBeginsAsAnObjectForJson() {
    assertRefused(EVENT_WITHOUT_IMAGE, " \r\n\t{}".getBytes(UTF_8), Map.of());
    assertRefused(
        EVENT_WITHOUT_IMAGE,
        "{}".getBytes(UTF_8),
        Map.of("content-type", "application/json; charset=utf-8"));
  }

  @Test
  void shouldKeepAMessageOnOneLineAndShort() {
    var headers = new HashMap<String, String>();
    headers.put("ce_label", "\u001b[2J\n" + "x".repeat(1_000));
    assertRefused(EVENT_FIELD_INVALID, FILE, headers)
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(150).doesNotContain("\n"))
        .hasMessageContaining("(1005 characters)");
  }
}
