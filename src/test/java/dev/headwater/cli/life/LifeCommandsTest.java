package dev.headwater.cli.life;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.headwater.Schemas;
import dev.headwater.cli.client.CapturedConsole;
import dev.headwater.event.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LifeCommandsTest {
  private static final String CALL = "POST /api/models/cats.v2/commands";
  private static final String EVENT =
      "{\"model\":\"cats.v2\",\"kind\":\"%s\",\"command\":\"c-1\",\"version\":6,\"served\":6,"
          + "\"previous\":7,\"recent\":null,\"heldOut\":null,\"examples\":448,"
          + "\"time\":\"2026-01-31T12:00:00Z\",\"message\":\"version 6 is back\"}";

  @TempDir private Path folder;
  private final CapturedConsole console = new CapturedConsole();
  private FakeService service;
  private Path token;

  @BeforeEach
  void startService() throws IOException {
    service = new FakeService().on(CALL, 200, EVENT.formatted("rolled-back"));
    token = Files.writeString(folder.resolve("token"), FakeService.TOKEN);
  }

  @AfterEach
  void stopService() {
    service.close();
  }

  private int run(String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    all.add("--token-file=" + token);
    return service.run(console, all.toArray(String[]::new));
  }

  private JsonNode sent() throws IOException {
    assertThat(service.asked()).hasSize(1);
    assertThat(service.asked().get(0).contentType()).isEqualTo("application/json");
    return Json.MAPPER.readTree(service.asked().get(0).body());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          promote cats.v2 6                 | {"id":"c-1","command":"promote","version":6}
          rollback cats.v2 6                | {"id":"c-1","command":"rollback","version":6}
          rollback cats.v2                  | {"id":"c-1","command":"rollback"}
          pin cats.v2                       | {"id":"c-1","command":"pin"}
          unpin cats.v2                     | {"id":"c-1","command":"unpin"}
          reset cats.v2 --yes               | {"id":"c-1","command":"reset"}
          policy cats.v2 gated              | {"id":"c-1","command":"policy","policy":"gated"}
          policy cats.v2 configured         | {"id":"c-1","command":"policy","policy":"configured"}
          threshold cats.v2 0.7             | {"id":"c-1","command":"threshold","threshold":"0.7"}
          threshold cats.v2 precision>=0.9  | {"id":"c-1","command":"threshold","threshold":"precision>=0.9"}
          threshold cats.v2 configured      | {"id":"c-1","command":"threshold","threshold":"configured"}
          """)
  void shouldSendWhatTheSchemaOfCommandsAllows(String line, String expected) throws IOException {
    assertThat(run((line + " --id c-1").split(" "))).isZero();

    assertThat(sent()).isEqualTo(Json.MAPPER.readTree(expected));
    Schemas.assertValid("model-command.v1", service.asked().get(0).text());
    assertThat(console.out()).isEqualTo("version 6 is back\n");
    assertThat(console.err()).isEmpty();
  }

  @Test
  void shouldNameEachRequestByItself() throws IOException {
    assertThat(run("pin", "cats.v2")).isZero();
    assertThat(run("pin", "cats.v2")).isZero();

    var ids = new ArrayList<String>();
    for (var asked : service.asked()) {
      ids.add(Json.MAPPER.readTree(asked.body()).path("id").asText());
    }
    assertThat(ids).doesNotHaveDuplicates().doesNotContain("").hasSize(2);
  }

  @Test
  void shouldPrintTheEventAsOneJsonValue() {
    assertThat(run("pin", "cats.v2", "--json")).isZero();
    assertThat(console.out()).isEqualTo(EVENT.formatted("rolled-back") + "\n");
  }

  @Test
  void shouldFailWithTheReasonOfARefusal() {
    service.on(CALL, 200, EVENT.formatted("refused").replace("is back", "is not kept"));
    assertThat(run("promote", "cats.v2", "6")).isEqualTo(1);
    assertThat(console.err()).isEqualTo("headwater: version 6 is not kept\n");
    assertThat(console.out()).isEmpty();
  }

  @Test
  void shouldFailWithTheDetailOfAProblem() {
    service.on(CALL, 422, "{\"status\":422,\"detail\":\"version 9 is not\\u001b[2J kept\"}");
    assertThat(run("promote", "cats.v2", "9")).isEqualTo(1);
    assertThat(console.err()).isEqualTo("headwater: version 9 is not?[2J kept\n");
  }

  @Test
  void shouldSayWhichCallAServiceDoesNotKnow() {
    service.on(CALL, 404, "{\"status\":404,\"detail\":\"no such method\"}");
    assertThat(run("promote", "cats.v2", "9")).isEqualTo(1);
    assertThat(console.err())
        .startsWith("headwater: no such method (http://")
        .endsWith(" responded with status 404 to POST /api/models/cats.v2/commands)\n");
  }

  @Test
  void shouldFailWithTheStatusOfWhatIsNoHeadwaterService() {
    assertThat(run("pin", "dogs")).isEqualTo(1);
    assertThat(console.err())
        .contains("responded with status 404 to POST /api/models/dogs/commands");
  }

  @Test
  void shouldNotTakeForDoneWhatHasNotBeenAnsweredYet() {
    service.on(CALL, 202, "{\"id\":\"c-9\"}");
    assertThat(run("pin", "cats.v2", "--json")).isEqualTo(1);
    assertThat(console.out()).isEqualTo("{\"id\":\"c-9\"}\n");
    assertThat(console.err())
        .contains("the service accepted c-9 but has not carried it out yet", "headwater events");
  }

  @Test
  void shouldSayHowToRepeatWhatMayHaveBeenDone() {
    service.hangUpOn(CALL);
    assertThat(run("rollback", "cats.v2", "--id=c-1")).isEqualTo(1);
    assertThat(console.err())
        .contains("sent no response")
        .contains("may have been carried out nevertheless: repeat it with --id c-1");
    service.on(CALL, 503, "{\"detail\":\"Kafka has not acknowledged it\"}");
    assertThat(run("rollback", "cats.v2", "--id=c-1")).isEqualTo(1);
    assertThat(console.err())
        .contains("Kafka has not acknowledged it; the request may have been carried out");
  }

  @Test
  void shouldSayWhoseTokenIsRefused() throws IOException {
    Files.writeString(token, "a-token-of-another-one");
    assertThat(run("pin", "cats.v2")).isEqualTo(1);
    assertThat(console.err())
        .contains("does not accept the token from " + token)
        .doesNotContain("a-token-of-another-one");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "reset cats.v2",
        "promote cats.v2",
        "promote cats.v2 0",
        "promote cats.v2 six",
        "promote ../../q/health 6",
        "policy cats.v2 always",
        "threshold cats.v2 1.5",
        "threshold cats.v2 NaN",
        "threshold cats.v2 best",
        "pin cats.v2 6"
      })
  void shouldSendNothingIfTheCommandLineIsWrong(String line) {
    assertThat(run(line.split(" "))).isEqualTo(2);
    assertThat(service.asked()).isEmpty();
    assertThat(console.out()).isEmpty();
    assertThat(console.err()).contains("--help\" tells how");
  }
}
