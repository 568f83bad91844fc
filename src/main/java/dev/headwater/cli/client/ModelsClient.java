package dev.headwater.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.headwater.event.Json;
import dev.headwater.event.ModelStatus;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;

/** Asks the service how its models are doing. */
public final class ModelsClient {
  private static final int UNAUTHORIZED = 401;
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(10);

  private final URI url;
  private final Supplier<Optional<ServiceToken>> token;
  private final Console console;

  /**
   * A client of the service at {@code url}, which has no slash at its end.
   *
   * @param token looked for when the service asks for one, and shown then only
   * @param console is told when the token would travel in the clear
   */
  ModelsClient(URI url, Supplier<Optional<ServiceToken>> token, Console console) {
    this.url = url;
    this.token = token;
    this.console = console;
  }

  /** A client of a service of this process, which asks for no token to be read. */
  public ModelsClient(URI url, Console console) {
    this(url, Optional::empty, console);
  }

  /**
   * The array that {@code GET /api/models} answers, as it came.
   *
   * @throws CommandFailedException if the service cannot be reached or answers something else
   */
  public JsonNode json() {
    var address = URI.create(url + "/api/models");
    var response = get(address, Optional.empty());
    if (response.statusCode() == UNAUTHORIZED) {
      response = getWithToken(address);
    }
    if (response.statusCode() != 200) {
      throw new CommandFailedException(
          "%s answered status %d to GET /api/models: is it a Headwater service, and ready?"
              .formatted(url, response.statusCode()));
    }
    try {
      var json = Json.MAPPER.readTree(response.body());
      if (json.isArray()) {
        return json;
      }
      throw new CommandFailedException(
          "%s answered GET /api/models with JSON that is no array".formatted(url));
    } catch (JsonProcessingException e) {
      throw new CommandFailedException(
          "%s answered GET /api/models with something that is not JSON".formatted(url), e);
    }
  }

  /** The same, read into records. */
  public List<ModelStatus> models() {
    try {
      return List.of(Json.MAPPER.treeToValue(json(), ModelStatus[].class));
    } catch (JsonProcessingException e) {
      throw new CommandFailedException(
          "%s answered GET /api/models in a form this version does not know: %s"
              .formatted(url, e.getOriginalMessage()),
          e);
    }
  }

  private HttpResponse<String> getWithToken(URI address) {
    var known =
        token
            .get()
            .orElseThrow(
                () ->
                    new CommandFailedException(
                        "%s asks for its API token: name the file with --token-file, or set %s; the"
                                .formatted(url, ServiceToken.VARIABLE)
                            + " service says at its start where the token is"));
    if (known.wouldTravelInTheClear(url)) {
      console.say(
          "warning: %s is neither https nor loopback; others can read the token".formatted(url));
    }
    var response = get(address, Optional.of(known));
    if (response.statusCode() == UNAUTHORIZED) {
      throw new CommandFailedException(
          "%s does not accept the token of %s: is it this service's?"
              .formatted(url, known.origin()));
    }
    return response;
  }

  private HttpResponse<String> get(URI address, Optional<ServiceToken> shown) {
    var client = HttpClient.newBuilder().connectTimeout(CONNECT).build();
    var request =
        HttpRequest.newBuilder(address).timeout(ANSWER).header("Accept", "application/json");
    shown.ifPresent(known -> request.header("Authorization", "Bearer " + known.text()));
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (SSLException e) {
      throw new CommandFailedException(
          ("%s does not prove who it is (%s): trust its authority with HEADWATER_JAVA_OPTS="
                  + "\"-Djavax.net.ssl.trustStore=FILE -Djavax.net.ssl.trustStorePassword=...\"")
              .formatted(url, e.getMessage()),
          e);
    } catch (IOException e) {
      throw new CommandFailedException(
          "no service answered at %s: start it with \"headwater up\", or name it with --url or"
                  .formatted(url)
              + " HEADWATER_URL",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailedException("interrupted while asking " + url, e);
    }
  }
}
