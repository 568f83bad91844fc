package dev.headwater.event;

import static dev.headwater.event.ErrorCode.EVENT_FIELD_INVALID;
import static dev.headwater.event.ErrorCode.EVENT_MALFORMED;
import static dev.headwater.event.ErrorCode.EVENT_WITHOUT_IMAGE;
import static dev.headwater.event.TestRecords.POSITION;
import static dev.headwater.event.TestRecords.TIME;
import static dev.headwater.event.TestRecords.assertJsonRefused;
import static dev.headwater.event.TestRecords.assertRefused;
import static dev.headwater.event.TestRecords.read;
import static dev.headwater.event.TestRecords.readJson;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainJsonImageEventTest {
  private static final byte[] FILE = {(byte) 0xfb, (byte) 0xef, (byte) 0xff, 0, 1, 2, 3};
  private static final String BASE64 = Base64.getEncoder().encodeToString(FILE);

  @Test
  void shouldReadEveryField() throws Exception {
    var event =
        readJson(
            """
            {"id": "7f3a", "model": "parts", "domain": "line-2", "label": "scratched",
             "time": "2025-06-01T08:30:00+02:00", "image": "%s", "more": {"a": [1]}}
            """
                .formatted(BASE64));
    assertThat(event.id()).isEqualTo("7f3a");
    assertThat(event.model()).isEqualTo("parts");
    assertThat(event.domain()).isEqualTo("line-2");
    assertThat(event.label()).contains("scratched");
    assertThat(event.time()).isEqualTo(Instant.parse("2025-06-01T06:30:00Z"));
    assertThat(event.image()).isEqualTo(FILE);
  }

  @Test
  void shouldNeedNothingButTheImage() throws Exception {
    var event = readJson("{\"image\": \"%s\", \"id\": null, \"label\": null}".formatted(BASE64));
    assertThat(event.id()).isEqualTo(POSITION);
    assertThat(event.model()).isEqualTo("default");
    assertThat(event.domain()).isEqualTo("default");
    assertThat(event.label()).isEmpty();
    assertThat(event.time()).isEqualTo(TIME);
  }

  @Test
  void shouldTakeTheSourceForTheDomainOfAnEventThatHasNone() throws Exception {
    var event = readJson("{\"image\": \"%s\", \"source\": \"/camera/4\"}".formatted(BASE64));
    assertThat(event.domain()).isEqualTo("/camera/4");
  }

  @ParameterizedTest
  @CsvSource({"true,true", "false,false", "1,1", "0,0", "7,7", "'\"giraffe\"',giraffe"})
  void shouldTakeALabelThatIsABooleanANumberOrAString(String json, String expected)
      throws Exception {
    var event = readJson("{\"image\": \"%s\", \"label\": %s}".formatted(BASE64, json));
    assertThat(event.label()).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.5", "1.0", "[1]", "{\"is\": 1}"})
  void shouldRefuseALabelOfAnotherType(String label) {
    assertJsonRefused(EVENT_MALFORMED, "{\"image\": \"AAAA\", \"label\": %s}".formatted(label))
        .hasMessageContaining("field 'label' is a JSON ")
        .hasMessageContaining("expected a string");
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "model", "domain", "time", "image"})
  void shouldRefuseAFieldOfTheWrongType(String name) {
    for (String value : new String[] {"1", "true", "[\"AAAA\"]", "{\"a\": \"AAAA\"}"}) {
      String json =
          name.equals("image")
              ? "{\"image\": %s}".formatted(value)
              : "{\"image\": \"AAAA\", \"%s\": %s}".formatted(name, value);
      assertJsonRefused(EVENT_MALFORMED, json).hasMessageContaining("field '" + name + "' is a");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "domain", "label", "model"})
  void shouldHoldFieldsToTheRulesOfHeaders(String name) {
    assertJsonRefused(
        EVENT_FIELD_INVALID,
        "{\"image\": \"AAAA\", \"%s\": \"%s\"}".formatted(name, "x".repeat(300)));
    assertJsonRefused(
        EVENT_FIELD_INVALID, "{\"image\": \"AAAA\", \"%s\": \"a\\u0000\"}".formatted(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"image\": null}", "{\"image\": \"\"}", "{\"image\": \" \\n\"}"})
  void shouldRefuseAnEventWithoutAnImage(String json) {
    assertJsonRefused(EVENT_WITHOUT_IMAGE, json)
        .hasMessage("the event has no field 'image', expected the file's bytes in base64");
  }

  @Test
  void shouldTakeBase64InLinesAsCommandLineToolsWriteIt() throws Exception {
    var lines = Base64.getMimeEncoder(4, new byte[] {'\n'}).encodeToString(FILE);
    var event = readJson("{\"image\": \"%s\\r\\n\"}".formatted(lines.replace("\n", "\\n")));
    assertThat(event.image()).isEqualTo(FILE);
  }

  @Test
  void shouldTakeBase64WithoutPadding() throws Exception {
    String bare = Base64.getEncoder().withoutPadding().encodeToString(FILE);
    assertThat(bare).doesNotEndWith("=");
    assertThat(readJson("{\"image\": \"%s\"}".formatted(bare)).image()).isEqualTo(FILE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"not base64!", "++//--__", "data:image/png;base64,AAAA", "A", "AA=A"})
  void shouldRefuseTextThatIsNotBase64RatherThanReadAroundIt(String text) {
    assertJsonRefused(EVENT_MALFORMED, "{\"image\": \"%s\"}".formatted(text))
        .hasMessageStartingWith("field 'image' is not base64: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{\"image\": \"AAAA\"", "{\"image\": \"AAAA\"} {}", "{'image': 1}"})
  void shouldSayWhereTheJsonBreaks(String json) {
    assertJsonRefused(EVENT_MALFORMED, json)
        .hasMessageStartingWith("record %s is not valid JSON at line 1, column", POSITION);
  }

  @Test
  void shouldRefuseJsonThatIsNoObject() {
    var asJson = Map.of("content-type", "application/json");
    for (String json : new String[] {"[]", "1", "\"text\"", "null", "  "}) {
      assertRefused(EVENT_MALFORMED, json.getBytes(UTF_8), asJson)
          .hasMessageContaining("is not a JSON object");
    }
  }

  @Test
  void shouldNotQuoteTheImageInARefusal() throws Exception {
    var asJson = Map.of("content-type", "application/json");
    String secret = "c2VjcmV0";
    assertRefused(EVENT_MALFORMED, ("{\"image\": \"" + secret).getBytes(UTF_8), asJson)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain(secret));
    assertThat(read(("{\"image\": \"" + secret + "\"}").getBytes(UTF_8), asJson).image())
        .isEqualTo("secret".getBytes(UTF_8));
  }
}
