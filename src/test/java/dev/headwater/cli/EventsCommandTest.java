package dev.headwater.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.cli.client.CapturedConsole;
import dev.headwater.cli.client.Context;
import dev.headwater.cli.client.FakeKafka;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventsCommandTest {
  private static final String TOPIC = "headwater.model-events";

  private final CapturedConsole console = new CapturedConsole();
  private final FakeKafka kafka = new FakeKafka();

  private int events(String... arguments) {
    var context = new Context(console.console(), options -> kafka, Optional.empty());
    var all = new ArrayList<>(List.of("events"));
    all.addAll(List.of(arguments));
    return HeadwaterCommand.commandLine(context).execute(all.toArray(String[]::new));
  }

  private void happen(String model, String kind, String detector, String message) {
    String json =
        "{\"model\":\"%s\",\"kind\":\"%s\",\"detector\":%s,\"time\":\"2026-01-31T12:00:00Z\",\"message\":\"%s\"}"
            .formatted(model, kind, detector, message);
    kafka.add(TOPIC, model, json.getBytes(UTF_8), Map.of());
  }

  @Test
  void shouldPrintASentenceEach() {
    happen("zoo", "drift", "\"page-hinkley\"", "answers of model zoo became worse");

    int code = events();

    assertThat(code).isZero();
    assertThat(console.out().lines())
        .singleElement()
        .asString()
        .startsWith("2026-01-31T12:00:00Z")
        .contains("drift", "page-hinkley")
        .endsWith("answers of model zoo became worse");
  }

  @Test
  void shouldPrintKindsThatItDoesNotKnow() {
    happen("zoo", "retired", "null", "nobody asks any more");

    events();

    assertThat(console.out()).contains("retired", " - ", "nobody asks any more");
  }

  @Test
  void shouldPrintEachRecordAsItIsOfOneModelUntilEnough() {
    happen("farm", "drift", "\"adwin\"", "a");
    happen("zoo", "drift", "\"adwin\"", "b");
    happen("zoo", "drift", "\"adwin\"", "c");

    int code = events("--json", "--follow", "--model", "zoo", "--max", "1");

    assertThat(code).isZero();
    assertThat(console.out().lines()).hasSize(1).first().asString().contains("\"message\":\"b\"");
  }

  @Test
  void shouldLeaveOutWhatIsNoEventAndSaySo() {
    kafka.add(TOPIC, "x", "{".getBytes(UTF_8), Map.of());
    kafka.add(TOPIC, "x", "[]".getBytes(UTF_8), Map.of());

    int code = events();

    assertThat(code).isEqualTo(1);
    assertThat(console.err())
        .contains("headwater.model-events partition 0 offset 0 is not a model event: left out")
        .contains("offset 1 is not a model event")
        .contains("no events yet");
  }
}
