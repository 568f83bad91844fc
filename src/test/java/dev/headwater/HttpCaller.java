package dev.headwater;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;

/** Calls a service as its owner does, with the token that it made. */
final class HttpCaller {
  static final String JSON = "application/json";
  static final String OCTETS = "application/octet-stream";

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http = HttpClient.newHttpClient();
  private final String url;
  private final String token;

  HttpCaller(ServiceUnderTest service) throws IOException {
    this(service.url(), Files.readString(service.data().resolve("api-token")).strip());
  }

  HttpCaller(String url, String token) {
    this.url = url;
    this.token = token;
  }

  /** An answer; its body is whatever it is. */
  record Reply(int status, String type, byte[] body) {
    JsonNode json() {
      try {
        return MAPPER.readTree(body);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    /** Returns the sentence of an answer that has to be problem details. */
    String problem(int expected) {
      assertThat(status).as("%s", this).isEqualTo(expected);
      assertThat(type).isEqualTo("application/problem+json");
      assertThat(json().get("status").asInt()).isEqualTo(expected);
      return json().get("detail").asText();
    }

    @Override
    public String toString() {
      return "%d %s: %s"
          .formatted(status, type, body.length > 2_000 ? "…" : new String(body, UTF_8));
    }
  }

  /** Calls with further headers, given as names and values in turn. */
  Reply get(String path, String... headers) throws IOException, InterruptedException {
    var request = request(path).GET();
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request);
  }

  Reply post(String path, String type, byte[] body) throws IOException, InterruptedException {
    return send(request(path).header("Content-Type", type).POST(BodyPublishers.ofByteArray(body)));
  }

  Reply post(String path, String json) throws IOException, InterruptedException {
    return send(request(path).header("Content-Type", JSON).POST(BodyPublishers.ofString(json)));
  }

  /** Opens a stream of events; the caller closes it. */
  HttpResponse<InputStream> events(String path) throws IOException, InterruptedException {
    var request = request(path).header("Accept", "text/event-stream").GET().build();
    return http.send(request, BodyHandlers.ofInputStream());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + token);
  }

  private Reply send(HttpRequest.Builder request) throws IOException, InterruptedException {
    var answer = http.send(request.build(), BodyHandlers.ofByteArray());
    return new Reply(
        answer.statusCode(), answer.headers().firstValue("content-type").orElse(""), answer.body());
  }
}
