package dev.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.headwater.cli.client.CapturedConsole;
import dev.headwater.cli.client.Context;
import dev.headwater.cli.client.FakeKafka;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsCommandTest {
  private static final String MODELS =
      "[{\"model\":\"default\",\"version\":7,\"examples\":120,\"predictions\":130,\"repeated\":3,"
          + "\"corrected\":1,\"accuracy\":0.9417,"
          + "\"windowAccuracy\":0.95,\"windowSize\":200,\"servedAccuracy\":null,\"servedExamples\":0,"
          + "\"trained\":{\"window\":{\"examples\":120,\"logLoss\":0.3179,\"auc\":0.9402}},"
          + "\"domains\":{\"photo\":{\"examples\":80,\"accuracy\":0.9625},"
          + "\"sketch\":{\"examples\":40,\"accuracy\":0.9}},"
          + "\"classes\":[\"elephant\",\"giraffe\"],\"backbone\":\"0123456789abcdef0123\","
          + "\"reducedQuality\":true}]";

  private final CapturedConsole console = new CapturedConsole();
  private HttpServer server;
  private int status = 200;
  private String body = MODELS;
  private Optional<String> wanted = Optional.empty();
  private final List<String> shownTokens = new CopyOnWriteArrayList<>();

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/api/models",
        exchange -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          var shown = exchange.getRequestHeaders().getFirst("Authorization");
          shownTokens.add(shown == null ? "none" : shown);
          boolean refused = wanted.isPresent() && !("Bearer " + wanted.get()).equals(shown);
          exchange.sendResponseHeaders(refused ? 401 : status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  private int models(String... arguments) {
    var context = new Context(console.console(), options -> new FakeKafka(), Optional.empty());
    var address = server.getAddress();
    var all =
        new ArrayList<>(
            List.of(
                "models",
                "--url",
                "http://%s:%d/".formatted(address.getHostString(), address.getPort())));
    all.addAll(List.of(arguments));
    return HeadwaterCommand.commandLine(context).execute(all.toArray(String[]::new));
  }

  @Test
  void shouldPrintTheAnswerAsOneJsonValue() {
    assertThat(models("--json")).isZero();
    assertThat(console.out()).isEqualTo(MODELS + "\n");
    assertThat(console.err()).isEmpty();
  }

  @Test
  void shouldPrintModelsAndTheirDomains() {
    assertThat(models()).isZero();

    var lines = console.out().lines().toList();
    assertThat(lines).hasSize(7);
    assertThat(lines.get(0)).startsWith("model").endsWith("backbone");
    assertThat(lines.get(1))
        .startsWith("default (elephant / giraffe)")
        .contains("120", "130", "0.942", "0.950", " - ", "0.318", "0.940")
        .endsWith("0123456789ab REDUCED QUALITY");
    assertThat(lines.get(2))
        .as("from a service that tells no more of domains than accuracies")
        .startsWith("  photo")
        .containsSubsequence("80", "0.963", " - ", " - ");
    assertThat(lines.get(4)).isEqualTo("model default: sent again and not counted again: 3");
    assertThat(lines.get(5)).isEqualTo("model default: labels corrected: 1");
    assertThat(lines.get(6)).startsWith("REDUCED QUALITY: model default");
  }

  @Test
  void shouldPrintWhichVersionServesAndWhy() {
    body =
        MODELS.replace(
            "\"reducedQuality\":true",
            "\"reducedQuality\":false,\"servedVersion\":5,\"pinned\":true,\"policy\":\"gated\"");
    assertThat(models()).isZero();

    assertThat(console.out())
        .containsPattern("version +in service +policy +examples")
        .containsPattern("giraffe\\) +7 +5 +gated, pinned +120");
  }

  @Test
  void shouldPrintADashWhereAnOlderServiceTellsNothing() {
    assertThat(models()).isZero();
    assertThat(console.out()).containsPattern("giraffe\\) +7 +- +- +120");
  }

  @Test
  void shouldSayWhenTheServiceDoesNotAnswer() {
    server.stop(0);

    assertThat(models()).isEqualTo(1);
    assertThat(console.err()).contains("no service responds at http://").contains("headwater up");
    assertThat(console.out()).isEmpty();
  }

  @Test
  void shouldSayWhenSomethingElseAnswers() {
    status = 404;
    assertThat(models()).isEqualTo(1);
    assertThat(console.err()).contains("responded with status 404 to GET /api/models");

    status = 200;
    body = "<html>";
    assertThat(models()).isEqualTo(1);
    assertThat(console.err()).contains("with something that is not JSON");
  }

  @Test
  void shouldShowTheTokenOfAFileOnlyToAServiceThatAsksForOne(@TempDir Path dir) throws IOException {
    Path file = Files.writeString(dir.resolve("token"), "a-token-of-the-service\n");
    assertThat(models("--token-file", file.toString())).isZero();
    assertThat(shownTokens).containsExactly("none");

    wanted = Optional.of("a-token-of-the-service");
    assertThat(models("--token-file", file.toString())).isZero();
    assertThat(shownTokens).containsExactly("none", "none", "Bearer a-token-of-the-service");
  }

  @Test
  void shouldSayWhichTokenIsRefusedWithoutRepeatingIt(@TempDir Path dir) throws IOException {
    wanted = Optional.of("a-token-of-the-service");
    Path file = Files.writeString(dir.resolve("token"), "a-token-of-another-one");
    assertThat(models("--token-file", file.toString())).isEqualTo(1);
    assertThat(console.err())
        .contains("does not accept the token from " + file)
        .doesNotContain("a-token-of-another-one");
  }

  @Test
  void shouldNotRepeatATokenThatCannotBeSent(@TempDir Path dir) throws IOException {
    wanted = Optional.of("a-token-of-the-service");
    Path file = Files.writeString(dir.resolve("token"), "two\nlines");
    assertThat(models("--token-file", file.toString())).isEqualTo(1);
    assertThat(console.err()).contains(file + " holds no token").doesNotContain("two");
  }

  @Test
  void shouldTakeABadAddressForAUsageError() {
    assertThat(models("--url", "ftp://x")).isEqualTo(2);
  }
}
