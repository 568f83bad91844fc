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

/** Passes reading calls on to the instance that has a model, with the caller's own token. */
@Singleton
final class Peers {
  /** Names who passes a call on; who is asked so answers itself, so that none goes round. */
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
   * Answers a reading call about a model: here if its learner is here, else by who has it.
   *
   * @param path of the call, encoded
   * @throws RejectedException if it cannot be a model's name
   */
  Response answer(String model, String path, HttpHeaders headers, Supplier<Response> here)
      throws RejectedException {
    Fields.model(Optional.of(model));
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
    return passedBack(ask(elsewhere.get(), path, headers, Map.of()));
  }

  /**
   * Returns what all instances answer to a reading call that each answers for itself; of this one
   * alone where another one asks already.
   *
   * @param path of the call
   * @param here this instance's answer
   * @param read reads another one's answer
   * @throws NotReadyException if one has not what it is to have, or does not answer
   */
  <T> List<T> gather(
      String path, HttpHeaders headers, Supplier<List<T>> here, Reader<List<T>> read) {
    var places = service.streams().places();
    if (headers.getHeaderString(ASKED_BY) != null) {
      var asked = headers.getHeaderString(PARTITIONS);
      var answer = here.get();
      // Afterwards, for what has left by then may not be in the answer.
      if (asked != null) {
        places.requireHere(partitions(asked));
      }
      return answer;
    }
    var all = new ArrayList<T>();
    var others = places.others();
    others.forEach(
        (address, partitions) -> {
          String list = partitions.stream().map(String::valueOf).collect(Collectors.joining(","));
          var answer = ask(address, path, headers, Map.of(PARTITIONS, list));
          all.addAll(read(address, answer, read));
        });
    all.addAll(here.get());
    if (!places.others().equals(others)) {
      throw new NotReadyException("learners have moved while they were asked");
    }
    return all;
  }

  private static Set<Integer> partitions(String asked) {
    try {
      return Arrays.stream(asked.split(",", -1)).map(Integer::valueOf).collect(Collectors.toSet());
    } catch (NumberFormatException e) {
      throw new BadRequestException("header %s is no list of partitions".formatted(PARTITIONS), e);
    }
  }

  private static <T> T read(String address, HttpResponse<byte[]> answer, Reader<T> read) {
    if (answer.statusCode() != Response.Status.OK.getStatusCode()) {
      throw new NotReadyException(
          "the instance at %s answers %d; while models move that is 503, else see that all have the same headwater.http.token"
              .formatted(address, answer.statusCode()));
    }
    try {
      return read.read(answer.body());
    } catch (IOException e) {
      throw new NotReadyException(
          "the instance at %s answers what this build cannot read; let all be of one version"
              .formatted(address));
    }
  }

  /** Reads an answer. */
  interface Reader<T> {
    T read(byte[] json) throws IOException;
  }

  private HttpResponse<byte[]> ask(
      String address, String path, HttpHeaders headers, Map<String, String> more) {
    try {
      var request =
          HttpRequest.newBuilder(URI.create("http://" + address + path))
              .timeout(PATIENCE)
              .header(ASKED_BY, service.streams().places().own().orElse("unknown"));
      more.forEach(request::header);
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
