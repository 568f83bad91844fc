package dev.headwater.api;

import dev.headwater.app.AdaptationService;
import dev.headwater.event.Fields;
import dev.headwater.event.RejectedException;
import dev.headwater.stream.AdaptationStreams.NotReadyException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Forwards reads to the instance that has a model, with the caller's own token. */
@Singleton
final class Peers {
  /** Names the forwarding instance; such a request is never forwarded again. */
  static final String ASKED_BY = "Headwater-Asked-By";

  /** Names the partitions whose models are asked for. */
  private static final String PARTITIONS = "Headwater-Partitions";

  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final List<String> PASSED_BACK =
      List.of(
          HttpHeaders.CONTENT_TYPE,
          HttpHeaders.CONTENT_DISPOSITION,
          HttpHeaders.RETRY_AFTER,
          HttpHeaders.WWW_AUTHENTICATE);

  private final AdaptationService service;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).build();

  Peers(AdaptationService service) {
    this.service = service;
  }

  /**
   * Responds to a read about a model: from here if its learner is here, else from the instance that
   * has it.
   *
   * @param path of the call, encoded
   * @throws RejectedException if it cannot be a model's name
   */
  Response respond(String model, String path, HttpHeaders headers, Supplier<Response> here)
      throws RejectedException {
    Fields.model(Optional.of(model));
    var elsewhere = service.queries().hosts().otherHost(model);
    if (elsewhere.isEmpty()) {
      return here.get();
    }
    var asker = headers.getHeaderString(ASKED_BY);
    if (asker != null) {
      throw new NotReadyException(
          "%s asked this instance for model '%s', which is on %s; a rebalance is in progress, or two instances have the same headwater.http.advertised"
              .formatted(asker, model, elsewhere.get()));
    }
    return passedBack(ask(elsewhere.get(), path, headers, Map.of()));
  }

  /**
   * Collects the responses of all instances to a read that each answers for itself; of this one
   * alone where another one asks already.
   *
   * @param path of the call
   * @param here this instance's response
   * @param read reads another one's response
   * @throws NotReadyException if an instance lacks models that it should have, or does not respond
   */
  <T> List<T> gather(
      String path, HttpHeaders headers, Supplier<List<T>> here, Reader<List<T>> read) {
    var places = service.queries().hosts();
    if (headers.getHeaderString(ASKED_BY) != null) {
      var asked = headers.getHeaderString(PARTITIONS);
      var response = here.get();
      // Afterwards, for what has left by then may not be in the response.
      if (asked != null) {
        places.requireHere(partitions(asked));
      }
      return response;
    }
    var all = new ArrayList<T>();
    var others = places.others();
    others.forEach(
        (address, partitions) -> {
          String list = partitions.stream().map(String::valueOf).collect(Collectors.joining(","));
          var response = ask(address, path, headers, Map.of(PARTITIONS, list));
          all.addAll(read(address, response, read));
        });
    all.addAll(here.get());
    if (!places.others().equals(others)) {
      throw new NotReadyException("a rebalance moved models while they were being read");
    }
    return all;
  }

  private static Set<Integer> partitions(String asked) {
    try {
      return Arrays.stream(asked.split(",", -1)).map(Integer::valueOf).collect(Collectors.toSet());
    } catch (NumberFormatException e) {
      throw new BadRequestException(
          "header %s is not a list of partitions".formatted(PARTITIONS), e);
    }
  }

  private static <T> T read(String address, HttpResponse<byte[]> response, Reader<T> read) {
    if (response.statusCode() != Response.Status.OK.getStatusCode()) {
      throw new NotReadyException(
          "the instance at %s responded with status %d: 503 during a rebalance, otherwise check that all instances have the same headwater.http.token"
              .formatted(address, response.statusCode()));
    }
    try {
      return read.read(response.body());
    } catch (IOException e) {
      throw new NotReadyException(
          "the instance at %s sent a response that this build cannot read; run the same version everywhere"
              .formatted(address));
    }
  }

  /** Reads a response. */
  interface Reader<T> {
    T read(byte[] json) throws IOException;
  }

  private HttpResponse<byte[]> ask(
      String address, String path, HttpHeaders headers, Map<String, String> more) {
    try {
      var request =
          HttpRequest.newBuilder(URI.create("http://" + address + path))
              .timeout(PATIENCE)
              .header(ASKED_BY, service.queries().hosts().own().orElse("unknown"));
      more.forEach(request::header);
      Optional.ofNullable(headers.getHeaderString(HttpHeaders.AUTHORIZATION))
          .ifPresent(token -> request.header(HttpHeaders.AUTHORIZATION, token));
      return http.send(request.GET().build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new NotReadyException(
          "the instance at %s does not respond (%s); it may be down, or its headwater.http.advertised is not reachable from here"
              .formatted(address, e.getClass().getSimpleName()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NotReadyException("interrupted while asking the instance at " + address);
    }
  }

  private static Response passedBack(HttpResponse<byte[]> found) {
    var response = Response.status(found.statusCode()).entity(found.body());
    for (String name : PASSED_BACK) {
      found.headers().firstValue(name).ifPresent(value -> response.header(name, value));
    }
    return response.build();
  }
}
