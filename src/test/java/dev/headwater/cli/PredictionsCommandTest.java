package dev.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.cli.client.CapturedConsole;
import dev.headwater.cli.client.Context;
import dev.headwater.cli.client.FakeKafka;
import dev.headwater.event.Json;
import dev.headwater.event.Prediction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PredictionsCommandTest {
  private static final String TOPIC = "headwater.predictions";

  private final CapturedConsole console = new CapturedConsole();
  private final FakeKafka kafka = new FakeKafka();

  private int predictions(String... arguments) {
    var context = new Context(console.console(), options -> kafka, Optional.empty());
    var all = new ArrayList<>(List.of("predictions"));
    all.addAll(List.of(arguments));
    return HeadwaterCommand.commandLine(context).execute(all.toArray(String[]::new));
  }

  @Test
  void shouldPrintEachRecordAsItIsAndStopAtTheEnd() throws IOException {
    kafka.predict("one", "default", 0.25, 0);
    kafka.predict("two", "default", 0.75, 3);

    int code = predictions("--json");

    var lines = console.out().lines().toList();
    assertThat(code).isZero();
    assertThat(lines).hasSize(2);
    assertThat(Json.MAPPER.readValue(lines.get(1), Prediction.class).imageId()).isEqualTo("two");
    assertThat(lines.get(0)).contains("\"predictedClass\":null");
    assertThat(console.err()).isEmpty();
  }

  @Test
  void shouldStopAfterAsManyAsAsked() {
    kafka.predict("one", "default", 0.25, 1);
    kafka.predict("two", "default", 0.75, 1);
    kafka.predict("three", "default", 0.75, 1);

    predictions("--json", "--follow", "--max", "2");

    assertThat(console.out().lines()).hasSize(2);
  }

  @Test
  void shouldLeaveOtherModelsOut() {
    kafka.predict("one", "zoo", 0.25, 1);
    kafka.predict("two", "default", 0.75, 1);

    predictions("--json", "--model", "zoo");

    assertThat(console.out().lines()).hasSize(1).first().asString().contains("\"one\"");
  }

  @Test
  void shouldListTheImagesThatAreWorthALabel() {
    kafka.predict("sure", "default", 0.95, 1);
    kafka.predict("doubtful", "default", 0.45, 1);

    predictions("--json", "--needs-label");

    assertThat(console.out().lines()).hasSize(1).first().asString().contains("\"doubtful\"");
  }

  @Test
  void shouldSayWhyThereIsNothingToLabel() {
    kafka.predict("sure", "default", 0.95, 1);

    predictions("--needs-label");

    assertThat(console.err()).contains("none of 1 predictions asks for a label");
  }

  @Test
  void shouldAlignColumnsForAPerson() {
    kafka.predict("one", "default", 0.25, 0);
    kafka.predict("two", "default", 0.75, 12);

    predictions();

    var lines = console.out().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).startsWith("time").endsWith("version");
    assertThat(lines.get(1)).startsWith("2026-01-02T03:04:05Z").contains("(untrained)", "0.2500");
    assertThat(lines.get(2)).contains("yes", "0.7500").endsWith("     12");
  }

  @Test
  void shouldLeaveOutWhatIsNoPredictionAndSaySo() {
    kafka.add(TOPIC, "x", "{".getBytes(StandardCharsets.UTF_8), Map.of());
    kafka.predict("two", "default", 0.75, 1);

    int code = predictions("--json");

    assertThat(code).isEqualTo(1);
    assertThat(console.out().lines()).hasSize(1);
    assertThat(console.err())
        .contains("headwater.predictions partition 0 offset 0 is not a prediction: left out");
  }

  @Test
  void shouldSayThatThereAreNoneYet() {
    int code = predictions();

    assertThat(code).isZero();
    assertThat(console.out()).isEmpty();
    assertThat(console.err()).contains("no predictions yet");
  }
}
