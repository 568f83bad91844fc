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

/** Asks the service how its models are doing. */
public final class ModelsClient {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(10);

  private final URI url;

  /** A client of the service at {@code url}, which has no slash at its end. */
  public ModelsClient(URI url) {
    this.url = url;
  }

  /**
   * The array that {@code GET /api/models} answers, as it came.
   *
   * @throws CommandFailedException if the service cannot be reached or answers something else
   */
  public JsonNode json() {
    var response = get(URI.create(url + "/api/models"));
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

  private HttpResponse<String> get(URI address) {
    var client = HttpClient.newBuilder().connectTimeout(CONNECT).build();
    var request =
        HttpRequest.newBuilder(address).timeout(ANSWER).header("Accept", "application/json");
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
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
