package dev.headwater.cli.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.headwater.cli.HeadwaterCommand;
import dev.headwater.cli.client.CapturedConsole;
import dev.headwater.cli.client.Context;
import dev.headwater.cli.client.FakeKafka;
import dev.headwater.cli.client.SchemaFaults;
import dev.headwater.event.ErrorCode;
import dev.headwater.event.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DeadLettersCommandTest {
  private static final String TOPIC = "headwater.dead-letters";
  private static final Map<String, String> LEFT_OUT =
      Map.of("origin.sha256", "e3b0c4", "origin.bytes", "25165800");

  private final CapturedConsole console = new CapturedConsole();
  private final FakeKafka kafka = new FakeKafka();

  private int show(String... arguments) {
    var context = new Context(console.console(), options -> kafka, Optional.empty());
    var all = Stream.concat(Stream.of("dead-letters"), Stream.of(arguments));
    return HeadwaterCommand.commandLine(context).execute(all.toArray(String[]::new));
  }

  private List<JsonNode> json() throws IOException {
    var letters = new ArrayList<JsonNode>();
    for (var line : console.out().lines().toList()) {
      assertThat(SchemaFaults.of("dead-letter.v1", line)).as(line).isEmpty();
      letters.add(Json.MAPPER.readTree(line));
    }
    return letters;
  }

  private void note(long offset) {
    kafka.add(TOPIC, "any", null, Map.of("retried.partition", "0", "retried.offset", "" + offset));
  }

  @Test
  void shouldShowLettersToAPersonAndWhatToDo() {
    kafka.letter("one", new byte[5], Map.of());
    kafka.letter("two", new byte[5], Map.of());
    var label =
        Map.of(
            "error.code",
            "LABEL_UNKNOWN",
            "origin.topic",
            "headwater.labels",
            "error.message",
            "label is 'cat'");
    kafka.letter("three", new byte[5], label);

    assertThat(show()).isZero();

    var lines = console.out().lines().toList();
    assertThat(lines.get(0)).startsWith("time").contains("code", "from").endsWith("key");
    assertThat(lines.get(1))
        .startsWith("1970-01-01T00:00:00Z  IMAGE_CORRUPT ")
        .contains("  headwater.images-0-17  ")
        .endsWith("  one");
    assertThat(lines.get(2)).isEqualTo("    no pixels");
    assertThat(lines.get(6)).isEqualTo("    label is 'cat'");
    assertThat(lines.subList(7, lines.size()))
        .containsExactly(
            "",
            "code           letters  retried  what to do",
            "IMAGE_CORRUPT        2        0  " + ErrorCode.IMAGE_CORRUPT.remedy(),
            "LABEL_UNKNOWN        1        0  " + ErrorCode.LABEL_UNKNOWN.remedy());
    assertThat(console.err()).isEmpty();
  }

  @Test
  void shouldPrintJsonLinesAsTheSchemaSays() throws IOException {
    kafka.letter("one", new byte[5], Map.of("ce_id", "one"));
    kafka.letter(null, null, LEFT_OUT);

    assertThat(show("--json")).isZero();

    var letters = json();
    assertThat(letters).hasSize(2);
    assertThat(letters.get(0).toString())
        .isEqualTo(
            "{\"time\":\"1970-01-01T00:00:00Z\",\"key\":\"one\",\"code\":\"IMAGE_CORRUPT\","
                + "\"message\":\"no pixels\",\"step\":\"decode\",\"topic\":\"headwater.images\","
                + "\"partition\":0,\"offset\":17,\"bytes\":5,\"retried\":false,"
                + "\"deadLetter\":{\"partition\":0,\"offset\":0}}");
    assertThat(letters.get(1).path("key").isNull()).isTrue();
    assertThat(letters.get(1).path("bytes").asLong()).isEqualTo(25165800);
    assertThat(letters.get(1).path("sha256").asText()).isEqualTo("e3b0c4");
    assertThat(console.err()).isEmpty();
  }

  @Test
  void shouldShowRetriedLettersAsSuchAndNeverTheNotes() throws IOException {
    kafka.letter("one", new byte[5], Map.of());
    long second = kafka.letter("two", new byte[5], Map.of());
    note(second);
    kafka.add(TOPIC, "x", null, Map.of("retried.partition", "zero", "retried.offset", ""));

    assertThat(show("--json")).isZero();
    assertThat(show()).isZero();

    var jsonLines = console.out().lines().limit(2).toList();
    assertThat(jsonLines.get(0)).contains("\"key\":\"one\"", "\"retried\":false");
    assertThat(jsonLines.get(1)).contains("\"key\":\"two\"", "\"retried\":true");
    assertThat(console.out().lines().skip(2))
        .hasSize(8)
        .anyMatch(line -> line.endsWith("  two  (retried)"))
        .anyMatch(line -> line.startsWith("IMAGE_CORRUPT        2        1  "));
  }

  @Test
  void shouldShowARefusedRecordThatLooksLikeANote() throws IOException {
    kafka.letter("one", null, Map.of("retried.partition", "0", "retried.offset", "1"));
    kafka.letter("two", new byte[5], Map.of());

    show("--json");

    assertThat(json()).hasSize(2).noneMatch(letter -> letter.path("retried").asBoolean());
  }

  @Test
  void shouldBearHeadersOfAnyKind() throws IOException {
    var hostile = "\u001b]0;owned\u0007\u009b2J\r\n\u202e";
    kafka.add(TOPIC, hostile, new byte[5], Map.of());
    kafka.letter(
        hostile,
        new byte[5],
        Map.of(
            "error.code",
            hostile,
            "error.message",
            "x".repeat(1_000_000) + hostile,
            "error.step",
            "",
            "origin.topic",
            hostile,
            "origin.partition",
            "99999999999",
            "origin.offset",
            "-1"));
    kafka.letter("three", null, Map.of("origin.sha256", hostile, "origin.bytes", "many"));

    assertThat(show("--json")).isZero();
    var letters = json();
    assertThat(letters).hasSize(3);
    assertThat(letters.get(0).path("key").asText()).isEqualTo(hostile);
    assertThat(letters.get(0).path("code").isNull()).isTrue();
    assertThat(letters.get(1).path("message").asText()).hasSize(1001);
    assertThat(letters.get(1).path("partition").isNull()).isTrue();
    assertThat(letters.get(1).path("offset").isNull()).isTrue();
    assertThat(letters.get(2).path("bytes").asLong()).isZero();

    assertThat(show()).isZero();
    assertThat(console.out()).contains("]0;owned?", "?-?-?", "no message", "(other)");
    assertThat(console.out().codePoints().filter(c -> c != '\n'))
        .noneMatch(Character::isISOControl)
        .noneMatch(c -> c == 0x202e);
    assertThat(console.out().lines().filter(line -> line.length() > 1_000 && line.charAt(0) != '{'))
        .isEmpty();
  }

  @Test
  void shouldShowOnlyThoseOfACodeAndAsManyAsAsked() throws IOException {
    kafka.letter("one", new byte[5], Map.of());
    for (var key : List.of("two", "three", "four")) {
      kafka.letter(key, new byte[5], Map.of("error.code", "MODEL_UNKNOWN"));
    }

    assertThat(show("--json", "--follow", "--code", "MODEL_UNKNOWN", "--max", "2")).isZero();

    assertThat(json())
        .extracting(letter -> letter.path("key").asText())
        .containsExactly("two", "three");
  }

  @Test
  void shouldShowNothingFromBeforeWhenStartedAtTheEnd() {
    kafka.letter("one", new byte[5], Map.of());

    assertThat(show("--no-from-beginning")).isZero();

    assertThat(console.out()).isEmpty();
    assertThat(console.err()).isEqualTo("headwater: no dead letters\n");
  }

  @Test
  void shouldSayThatAValueWasLeftOut() {
    kafka.letter("one", null, LEFT_OUT);

    show();

    assertThat(console.out())
        .contains("its value of 25165800 bytes was left out", "SHA-256 e3b0c4");
  }

  @Test
  void shouldTakeAWrongCommandLineForAUsageError() {
    assertThat(show("--code", "NOPE")).isEqualTo(2);
    assertThat(show("--max", "-1")).isEqualTo(2);
    assertThat(show("--retry", "--follow")).isEqualTo(2);
    assertThat(show("--retry", "--no-from-beginning")).isEqualTo(2);
    assertThat(console.err())
        .contains("IMAGE_CORRUPT", "--max must not be negative, found -1")
        .contains("--retry goes from the first dead letter to the last; found it with --follow");
  }
}
