package dev.headwater.cli.life;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.headwater.cli.HeadwaterCommand;
import dev.headwater.cli.client.CapturedConsole;
import dev.headwater.cli.client.Context;
import dev.headwater.cli.client.FakeKafka;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A service that answers what a test tells it to, and keeps what it was asked. */
final class FakeService implements AutoCloseable {
  /** The token without which nothing is changed. */
  static final String TOKEN = "a-token-of-the-service";

  private static final int HANG_UP = 0;

  /** What came in. */
  record Asked(String call, String contentType, byte[] body) {
    String text() {
      return new String(body, UTF_8);
    }
  }

  private record ImageResult(int status, byte[] body) {}

  private final HttpServer server;
  private final Map<String, ImageResult> answers = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  FakeService() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String call = exchange.getRequestMethod() + " " + exchange.getRequestURI();
      var headers = exchange.getRequestHeaders();
      byte[] body = exchange.getRequestBody().readAllBytes();
      asked.add(new Asked(call, headers.getFirst("Content-Type"), body));
      boolean isLocked =
          !call.startsWith("GET ")
              && !("Bearer " + TOKEN).equals(headers.getFirst("Authorization"));
      var answer =
          isLocked
              ? new ImageResult(401, new byte[0])
              : answers.getOrDefault(call, new ImageResult(404, "<html>".getBytes(UTF_8)));
      if (answer.status() == HANG_UP) {
        return;
      }
      exchange.sendResponseHeaders(
          answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
      exchange.getResponseBody().write(answer.body());
    }
  }

  /** ImageResults a call, such as {@code GET /api/models}, from now on. */
  FakeService on(String call, int status, String body) {
    return on(call, status, body.getBytes(UTF_8));
  }

  FakeService on(String call, int status, byte[] body) {
    answers.put(call, new ImageResult(status, body));
    return this;
  }

  /** Takes a call and closes the connection without an answer. */
  FakeService hangUpOn(String call) {
    return on(call, HANG_UP, new byte[0]);
  }

  List<Asked> asked() {
    return asked;
  }

  /** Runs a command against this service. */
  int run(CapturedConsole console, String... arguments) {
    var context = new Context(console.console(), options -> new FakeKafka(), Optional.empty());
    var all = new ArrayList<>(List.of(arguments));
    var address = server.getAddress();
    all.add("--url=http://%s:%d".formatted(address.getHostString(), address.getPort()));
    return HeadwaterCommand.commandLine(context).execute(all.toArray(String[]::new));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
