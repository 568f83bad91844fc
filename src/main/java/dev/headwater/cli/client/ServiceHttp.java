package dev.headwater.cli.client;

import static java.net.http.HttpClient.Version.HTTP_1_1;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.headwater.event.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;

/**
 * An HTTP client of the service that reports every failure as a sentence.
 *
 * <p>A reading call shows the token only to a service that asks for one. A call that changes
 * something always needs it, and a body that is refused before it was read would look like a broken
 * connection: such a call shows it at once.
 */
final class ServiceHttp {
  private static final int OK = 200;
  private static final int ACCEPTED = 202;
  private static final int UNAUTHORIZED = 401;
  private static final int NOT_FOUND = 404;
  private static final int UNAVAILABLE = 503;
  private static final int LONGEST_DETAIL = 1_000;
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration READING = Duration.ofSeconds(10);
  private static final Duration CHANGING = Duration.ofSeconds(60);

  private final URI url;
  private final Supplier<Optional<ServiceToken>> token;
  private final Console console;

  /**
   * Calls to the service at {@code url}, which has no slash at its end.
   *
   * @param token looked for when it is needed
   * @param console warns when the token would be sent unencrypted
   */
  ServiceHttp(URI url, Supplier<Optional<ServiceToken>> token, Console console) {
    this.url = url;
    this.token = token;
    this.console = console;
  }

  /** Says that what was sent may have been done, since it may have arrived. */
  private static final class ResponseLostException extends CommandFailedException {
    private static final long serialVersionUID = 1L;

    ResponseLostException(String sentence, Throwable cause) {
      super(sentence, cause);
    }
  }

  /**
   * The response of the service.
   *
   * @param call method and path, for messages
   * @param status 200 or 202
   */
  record Reply(URI service, String call, int status, byte[] body) {
    /** Whether the service took what was sent, but has not done it yet. */
    boolean isPending() {
      return status == ACCEPTED;
    }

    /**
     * The body as JSON.
     *
     * @throws CommandFailedException if it is none
     */
    JsonNode json() {
      try {
        return Json.MAPPER.readTree(body);
      } catch (IOException e) {
        throw new CommandFailedException(
            "%s responded to %s with something that is not JSON".formatted(service, call), e);
      }
    }

    /**
     * The body as a JSON array.
     *
     * @throws CommandFailedException if it is none
     */
    JsonNode array() {
      var json = json();
      if (json.isArray()) {
        return json;
      }
      throw new CommandFailedException(
          "%s responded to %s with JSON that is not an array".formatted(service, call));
    }

    /**
     * Reads JSON of this body into records.
     *
     * @throws CommandFailedException if it is of another form
     */
    <T> T as(JsonNode json, Class<T> type) {
      try {
        return Optional.ofNullable(Json.MAPPER.treeToValue(json, type))
            .orElseThrow(
                () ->
                    new CommandFailedException(
                        "%s responded to %s with nothing".formatted(service, call)));
      } catch (JsonProcessingException e) {
        throw new CommandFailedException(
            "%s responded to %s in a form this version does not know: %s"
                .formatted(service, call, e.getOriginalMessage()),
            e);
      }
    }
  }

  /**
   * Asks for what is at {@code path}.
   *
   * @throws CommandFailedException if the service cannot be reached or returns another status than
   *     200
   */
  Reply get(String path) {
    var request = HttpRequest.newBuilder(URI.create(url + path)).timeout(READING);
    var response = send(request);
    if (response.statusCode() == UNAUTHORIZED) {
      var known = token.get().orElseThrow(this::tokenIsMissing);
      response = send(shown(request, known));
      requireAccepted(response, known);
    }
    return reply("GET " + path, response, OK);
  }

  /**
   * Sends {@code body} to {@code path}.
   *
   * @param id under which it can be sent again without being done twice
   * @throws CommandFailedException if the service cannot be reached or returns another status than
   *     200 and 202
   */
  Reply post(String path, String contentType, byte[] body, String id) {
    try {
      return post(path, contentType, body);
    } catch (ResponseLostException e) {
      throw new CommandFailedException(
          "%s; the request may have been carried out nevertheless: repeat it with --id %s"
              .formatted(e.getMessage(), id),
          e);
    }
  }

  private Reply post(String path, String contentType, byte[] body) {
    var request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(CHANGING)
            .header("Content-Type", contentType)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    var known = token.get();
    known.ifPresent(text -> shown(request, text));
    var response = send(request);
    if (response.statusCode() == UNAUTHORIZED) {
      requireAccepted(response, known.orElseThrow(this::tokenIsMissing));
    }
    if (response.statusCode() == UNAVAILABLE) {
      throw new ResponseLostException(failure("POST " + path, response), null);
    }
    return reply("POST " + path, response, OK, ACCEPTED);
  }

  private HttpRequest.Builder shown(HttpRequest.Builder request, ServiceToken known) {
    if (known.isSentUnencrypted(url)) {
      console.say(
          "warning: %s is neither https nor loopback; others can read the token".formatted(url));
    }
    return request.header("Authorization", "Bearer " + known.text());
  }

  private CommandFailedException tokenIsMissing() {
    return new CommandFailedException(
        "%s asks for its API token: name the file with --token-file, or set %s; the"
                .formatted(url, ServiceToken.VARIABLE)
            + " service logs at its start where the token is");
  }

  private void requireAccepted(HttpResponse<byte[]> response, ServiceToken known) {
    if (response.statusCode() == UNAUTHORIZED) {
      throw new CommandFailedException(
          "%s does not accept the token from %s: is it this service's?"
              .formatted(url, known.origin()));
    }
  }

  private Reply reply(String call, HttpResponse<byte[]> response, int... expected) {
    for (int status : expected) {
      if (response.statusCode() == status) {
        return new Reply(url, call, status, response.body());
      }
    }
    throw new CommandFailedException(failure(call, response));
  }

  /** A service of an older build does not know some calls: its 404 must tell of which. */
  private String failure(String call, HttpResponse<byte[]> response) {
    int status = response.statusCode();
    var detail = detail(response.body());
    if (detail.isEmpty()) {
      return "%s responded with status %d to %s: is it a Headwater service, and ready?"
          .formatted(url, status, call);
    }
    return status == NOT_FOUND
        ? "%s (%s responded with status %d to %s)".formatted(detail.get(), url, status, call)
        : detail.get();
  }

  /** What the service says in problem details (RFC 9457); empty if it says nothing. */
  private static Optional<String> detail(byte[] body) {
    try {
      var detail = Json.MAPPER.readTree(body).path("detail");
      return Optional.ofNullable(detail.textValue())
          .filter(text -> !text.isBlank())
          .map(text -> SafeText.printable(SafeText.shortened(text, LONGEST_DETAIL)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** In HTTP/1.1: a service may refuse to upgrade to HTTP/2 during a long body. */
  private HttpResponse<byte[]> send(HttpRequest.Builder request) {
    var client = HttpClient.newBuilder().version(HTTP_1_1).connectTimeout(CONNECT).build();
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (SSLException e) {
      throw new CommandFailedException(
          ("the certificate of %s is not trusted (%s): trust its authority with"
                  + " HEADWATER_JAVA_OPTS=\"-Djavax.net.ssl.trustStore=FILE"
                  + " -Djavax.net.ssl.trustStorePassword=...\"")
              .formatted(url, e.getMessage()),
          e);
    } catch (ConnectException | HttpConnectTimeoutException e) {
      throw new CommandFailedException(
          "no service responds at %s: start it with \"headwater up\", or name it with --url or"
                  .formatted(url)
              + " HEADWATER_URL",
          e);
    } catch (IOException e) {
      throw new ResponseLostException("%s sent no response (%s)".formatted(url, e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailedException("interrupted while asking " + url, e);
    }
  }
}
