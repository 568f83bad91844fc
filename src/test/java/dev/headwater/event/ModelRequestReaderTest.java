package dev.headwater.event;

import static dev.headwater.event.ErrorCode.EVENT_EMPTY;
import static dev.headwater.event.ErrorCode.EVENT_FIELD_INVALID;
import static dev.headwater.event.ErrorCode.EVENT_MALFORMED;
import static dev.headwater.event.TestRecords.POSITION;
import static dev.headwater.event.TestRecords.source;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.event.ModelCommand.Action;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonFormat;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelRequestReaderTest {
  private static final String PROMOTE =
      "{\"id\":\"c-1\",\"model\":\"cats\",\"command\":\"promote\",\"version\":6}";
  private static final Map<String, String> BINARY =
      Map.of(
          "ce_specversion", "1.0",
          "ce_id", "c-2",
          "ce_source", "/people/desk-3",
          "ce_type", "dev.headwater.command.v1");

  private static ModelRequest read(String value, String key, Map<String, String> headers)
      throws RejectedException {
    return ModelRequestReader.read(value.getBytes(UTF_8), source(key, headers));
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
      ErrorCode code, byte[] value, String key, Map<String, String> headers) {
    return assertThatThrownBy(() -> ModelRequestReader.read(value, source(key, headers)))
        .isInstanceOfSatisfying(RejectedException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
      ErrorCode code, String value, String key) {
    return assertRefused(code, value.getBytes(UTF_8), key, Map.of());
  }

  /** Returns what begins as a safetensors file does, with a header of that length. */
  private static byte[] file(int headerLength, int bytes) {
    var file = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(headerLength).put("{}".getBytes(UTF_8));
    for (int i = 2; i < headerLength; i++) {
      file.put((byte) ' ');
    }
    return file.array();
  }

  @Test
  void shouldReadPlainJson() throws RejectedException {
    var expected = ModelCommand.of("c-1", "cats", Action.PROMOTE, 6);
    assertThat(read(PROMOTE, null, Map.of())).isEqualTo(expected);
    assertThat(read(" \n" + PROMOTE, "cats", Map.of())).isEqualTo(expected);
    assertThat(read(PROMOTE, "cats", Map.of("content-type", "application/json; charset=utf-8")))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"command": "rollback"}                               | ROLLBACK  |   |                |
          {"command": "rollback", "version": 3}                 | ROLLBACK  | 3 |                |
          {"command": "rollback", "version": null}              | ROLLBACK  |   |                |
          {"command": "pin"}                                    | PIN       |   |                |
          {"command": "unpin"}                                  | UNPIN     |   |                |
          {"command": "reset"}                                  | RESET     |   |                |
          {"command": "threshold", "threshold": 0.7}            | THRESHOLD |   | 0.7            |
          {"command": "threshold", "threshold": "precision>=.9"}| THRESHOLD |   | precision>=.9  |
          {"command": "policy", "policy": "gated"}              | POLICY    |   |                | gated
          """)
  void shouldReadEachCommand(
      String json, Action action, Long version, String threshold, String policy)
      throws RejectedException {
    assertThat(read(json, "cats", Map.of()))
        .isEqualTo(
            new ModelCommand(
                POSITION,
                "cats",
                action,
                Optional.ofNullable(version),
                Optional.ofNullable(threshold),
                Optional.ofNullable(policy)));
  }

  @Test
  void shouldReadACloudEventInBinaryMode() throws RejectedException {
    assertThat(read("{\"command\":\"pin\"}", "cats", BINARY))
        .isEqualTo(ModelCommand.of("c-2", "cats", Action.PIN));
    assertThat(read(PROMOTE, "cats", BINARY))
        .as("the command's own id first")
        .isEqualTo(ModelCommand.of("c-1", "cats", Action.PROMOTE, 6));
  }

  @Test
  void shouldTakeTheModelOfTheHeaderWhereThereIsNoKey() throws RejectedException {
    assertThat(read("{\"command\":\"pin\"}", null, Map.of("ce_id", "c-2", "ce_model", "dogs")))
        .isEqualTo(ModelCommand.of("c-2", "dogs", Action.PIN));
  }

  @Test
  void shouldReadACloudEventInStructuredMode() throws RejectedException {
    var command = ModelCommand.of("c-3", "cats", Action.PIN);
    byte[] event = structured("dev.headwater.command.v1", "{\"command\":\"pin\"}");
    assertThat(ModelRequestReader.read(event, source("cats", Map.of()))).isEqualTo(command);
    var headers = Map.of("content-type", "application/cloudevents+json; charset=UTF-8");
    assertThat(ModelRequestReader.read(event, source("cats", headers))).isEqualTo(command);
  }

  private static byte[] structured(String type, String data) {
    return new JsonFormat()
        .serialize(
            CloudEventBuilder.v1()
                .withId("c-3")
                .withSource(URI.create("/people/desk-3"))
                .withType(type)
                .withData("application/json", data.getBytes(UTF_8))
                .build());
  }

  @Test
  void shouldRefuseACloudEventOfAnotherTypeOrWithoutACommand() {
    assertRefused(
            EVENT_FIELD_INVALID,
            structured("dev.headwater.label.v1", "{\"command\":\"pin\"}"),
            "cats",
            Map.of())
        .hasMessageContaining("dev.headwater.label.v1");
    assertRefused(EVENT_MALFORMED, structured("dev.headwater.command.v1", "7"), "cats", Map.of());
    var headers = Map.of("ce_id", "c-2", "ce_specversion", "0.3");
    assertRefused(EVENT_FIELD_INVALID, PROMOTE.getBytes(UTF_8), "cats", headers);
  }

  @Test
  void shouldRefuseACloudEventOfAnotherTypeInBinaryModeToo() {
    var headers =
        Map.of("ce_id", "c-2", "ce_specversion", "1.0", "ce_type", "dev.headwater.label.v1");
    assertRefused(EVENT_FIELD_INVALID, PROMOTE.getBytes(UTF_8), "cats", headers)
        .hasMessageContaining("dev.headwater.label.v1");
    assertRefused(EVENT_FIELD_INVALID, file(16, 600), "cats", headers);
  }

  @Test
  void shouldKnowAFileByItsContentType() throws RejectedException {
    byte[] file = {1, 2, 3};
    assertThat(
            ModelRequestReader.read(
                file, source("cats", Map.of("content-type", "application/octet-stream"))))
        .isEqualTo(new SnapshotImport(POSITION, "cats", file));
  }

  @Test
  void shouldKnowAFileByItsCloudEventsType() throws RejectedException {
    var headers =
        Map.of("ce_id", "c-4", "ce_specversion", "1.0", "ce_type", "dev.headwater.snapshot.v1");
    byte[] file = {1, 2, 3};
    assertThat(ModelRequestReader.read(file, source("cats", headers)))
        .isEqualTo(new SnapshotImport("c-4", "cats", file));
  }

  /** A header of 32 bytes begins with a space, as JSON may. */
  @ParameterizedTest
  @ValueSource(ints = {2, 9, 10, 13, 16, 32, 0x2020, '{', 256})
  void shouldKnowAFileByHowItBegins(int headerLength) throws RejectedException {
    byte[] file = file(headerLength, 10_000);
    assertThat(ModelRequestReader.read(file, source("cats", Map.of())))
        .isEqualTo(new SnapshotImport(POSITION, "cats", file));
  }

  @Test
  void shouldNotTakeJsonAfterBlanksForAFile() throws RejectedException {
    assertThat(read("        " + PROMOTE, "cats", Map.of()))
        .isEqualTo(ModelCommand.of("c-1", "cats", Action.PROMOTE, 6));
  }

  @Test
  void shouldTakeAFileUpToItsLargestSize() throws RejectedException {
    byte[] largest = file(16, SnapshotImport.LARGEST);
    assertThat(ModelRequestReader.read(largest, source("cats", Map.of())))
        .isInstanceOf(SnapshotImport.class);
    assertRefused(EVENT_MALFORMED, file(16, SnapshotImport.LARGEST + 1), "cats", Map.of())
        .hasMessageContaining("expected a snapshot of at most " + SnapshotImport.LARGEST);
  }

  @Test
  void shouldTakeACommandUpToItsLargestSize() throws RejectedException {
    String blanks = " ".repeat(ModelRequestReader.LARGEST_COMMAND - PROMOTE.length());
    assertThat(read(PROMOTE + blanks, "cats", Map.of())).isInstanceOf(ModelCommand.class);
    assertRefused(EVENT_MALFORMED, PROMOTE + blanks + " ", "cats")
        .hasMessageContaining("has 65537 bytes, expected a command of at most 65536");
  }

  @Test
  void shouldRefuseAModelThatIsNotTheKeys() {
    assertRefused(EVENT_FIELD_INVALID, PROMOTE, "dogs")
        .hasMessageContaining("key 'dogs' and is about model 'cats'");
    assertRefused(
        EVENT_FIELD_INVALID, file(16, 600), "dogs", Map.of("ce_id", "c", "ce_model", "cats"));
  }

  @Test
  void shouldRefuseWhatNamesNoModel() {
    assertRefused(EVENT_FIELD_INVALID, "{\"command\":\"pin\"}", null)
        .hasMessageContaining("names no model");
    assertRefused(EVENT_FIELD_INVALID, file(16, 600), "", Map.of());
    assertRefused(EVENT_FIELD_INVALID, "{\"command\":\"pin\"}", "../cats");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"command": "promote"}                                    | EVENT_FIELD_INVALID | needs 'version'
          {"command": "threshold"}                                  | EVENT_FIELD_INVALID | needs 'threshold'
          {"command": "policy"}                                     | EVENT_FIELD_INVALID | needs 'policy'
          {"command": "pin", "version": 3}                          | EVENT_FIELD_INVALID | takes no 'version'
          {"command": "pin", "policy": "gated"}                     | EVENT_FIELD_INVALID | takes no 'policy'
          {"command": "promote", "version": 3, "threshold": 0.5}    | EVENT_FIELD_INVALID | takes no 'threshold'
          {"command": "rollback", "versoin": 3}                     | EVENT_FIELD_INVALID | no field 'versoin'
          {"command": "promote", "version": 0}                      | EVENT_FIELD_INVALID | version is 0
          {"command": "promote", "version": -1}                     | EVENT_FIELD_INVALID | version is -1
          {"command": "promote", "version": 1.5}                    | EVENT_FIELD_INVALID | version is 1.5
          {"command": "promote", "version": "6"}                    | EVENT_FIELD_INVALID | version is "6"
          {"command": "promote", "version": 9223372036854775808}    | EVENT_FIELD_INVALID | version is 9223372036854775808
          {"command": "Promote", "version": 6}                      | EVENT_FIELD_INVALID | command 'Promote'
          {"command": "delete"}                                     | EVENT_FIELD_INVALID | expected one of promote, rollback
          {"version": 6}                                            | EVENT_FIELD_INVALID | no 'command'
          {"command": ["pin"]}                                      | EVENT_MALFORMED     | field 'command' is a JSON array
          {"command": "threshold", "threshold": true}               | EVENT_MALFORMED     | field 'threshold' is a JSON boolean
          {"command": "pin", "id": 7}                               | EVENT_MALFORMED     | field 'id' is a JSON number
          {"command": "pin", "id": ""}                              | EVENT_FIELD_INVALID | command id is ''
          {"command": "pin", "command": "reset"}                    | EVENT_MALFORMED     | not valid JSON
          {"command": "pin"                                         | EVENT_MALFORMED     | not valid JSON
          {"command": "pin"} {}                                     | EVENT_MALFORMED     | not valid JSON
          ["pin"]                                                   | EVENT_MALFORMED     | neither a JSON object nor a safetensors file
          pin                                                       | EVENT_MALFORMED     | neither a JSON object nor a safetensors file
          """)
  void shouldRefuseWhatIsNoCommand(String value, ErrorCode code, String message) {
    assertRefused(code, value, "cats").hasMessageContaining(message);
  }

  @Test
  void shouldRefuseEmptiness() {
    assertRefused(EVENT_EMPTY, "", "cats");
    assertRefused(EVENT_EMPTY, null, "cats", Map.of());
  }
}
