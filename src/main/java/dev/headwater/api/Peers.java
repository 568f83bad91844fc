package dev.headwater.api;

import dev.headwater.app.AdaptationService;
import dev.headwater.stream.AdaptationStreams.NotReadyException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Passes reading calls on to the instance that has a model, with the caller's own token. */
@Singleton
final class Peers {
  /** Names who passes a call on; who is asked so answers itself, so that none goes round. */
  static final String ASKED_BY = "Headwater-Asked-By";

  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final List<String> PASSED_BACK =
      List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.CONTENT_DISPOSITION, HttpHeaders.RETRY_AFTER);

  private final AdaptationService service;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).build();

  Peers(AdaptationService service) {
    this.service = service;
  }

  /**
   * Answers a reading call about a model: here if its learner is here, else by who has it.
   *
   * @param path of the call, encoded
   */
  Response answer(String model, String path, HttpHeaders headers, Supplier<Response> here) {
    var elsewhere = service.streams().places().elsewhere(model);
    if (elsewhere.isEmpty()) {
      return here.get();
    }
    var asker = headers.getHeaderString(ASKED_BY);
    if (asker != null) {
      throw new NotReadyException(
          "%s asks here for model '%s', which is at %s; if that stays, two instances have the same headwater.http.advertised, or the work is being shared out anew"
              .formatted(asker, model, elsewhere.get()));
    }
    return passedBack(ask(elsewhere.get(), path, headers));
  }

  /** Returns the other instances; none where another one asks already. */
  Set<String> toAsk(HttpHeaders headers) {
    return headers.getHeaderString(ASKED_BY) == null
        ? service.streams().places().others()
        : Set.of();
  }

  /**
   * Asks another instance.
   *
   * @throws NotReadyException if it cannot be reached, or is not ready itself
   */
  HttpResponse<byte[]> ask(String address, String path, HttpHeaders headers) {
    try {
      var request =
          HttpRequest.newBuilder(URI.create("http://" + address + path))
              .timeout(PATIENCE)
              .header(ASKED_BY, service.streams().places().own().orElse("unknown"));
      Optional.ofNullable(headers.getHeaderString(HttpHeaders.AUTHORIZATION))
          .ifPresent(token -> request.header(HttpHeaders.AUTHORIZATION, token));
      return http.send(request.GET().build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new NotReadyException(
          "the instance at %s does not answer (%s); it may be gone, or its headwater.http.advertised is not where it can be reached"
              .formatted(address, e.getClass().getSimpleName()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NotReadyException("interrupted while asking the instance at " + address);
    }
  }

  private static Response passedBack(HttpResponse<byte[]> answer) {
    var response = Response.status(answer.statusCode()).entity(answer.body());
    for (String name : PASSED_BACK) {
      answer.headers().firstValue(name).ifPresent(value -> response.header(name, value));
    }
    return response.build();
  }
}
