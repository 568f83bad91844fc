package dev.headwater.api;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.headwater.app.AdaptationService;
import dev.headwater.event.Json;
import dev.headwater.event.ModelStatus;
import dev.headwater.stream.AdaptationStreams.NotReadyException;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** How the models are doing. */
@Path("/api/models")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
public final class ModelsResource {
  private static final String PATH = "/api/models";
  private static final TypeReference<List<ModelStatus>> MODELS = new TypeReference<>() {};

  private final AdaptationService service;
  private final Peers peers;

  ModelsResource(AdaptationService service, Peers peers) {
    this.service = service;
    this.peers = peers;
  }

  /** All models, of whichever instance, by name. */
  @GET
  @Operation(summary = "All models, by name")
  public Collection<ModelStatus> all(@Context HttpHeaders headers) {
    var models = new TreeMap<String, ModelStatus>();
    for (String address : peers.toAsk(headers)) {
      of(address, headers).forEach(model -> models.put(model.model(), model));
    }
    service.models().forEach(model -> models.put(model.model(), model));
    return models.values();
  }

  private List<ModelStatus> of(String address, HttpHeaders headers) {
    var answer = peers.ask(address, PATH, headers);
    if (answer.statusCode() != Response.Status.OK.getStatusCode()) {
      throw new NotReadyException(
          "the instance at %s answers %d instead of its models; all instances need the same headwater.http.token"
              .formatted(address, answer.statusCode()));
    }
    try {
      return Json.MAPPER.readValue(answer.body(), MODELS);
    } catch (IOException e) {
      throw new NotReadyException(
          "the instance at %s answers what this build cannot read; let all be of one version"
              .formatted(address));
    }
  }

  /** One of them. */
  @GET
  @Path("{model}")
  @Operation(summary = "One model")
  @APIResponse(
      responseCode = "200",
      description = "How it is doing",
      content = @Content(schema = @Schema(implementation = ModelStatus.class)))
  @APIResponse(responseCode = "404", description = "No such model")
  @APIResponse(responseCode = "503", description = "Its learner moves; try again")
  public Response one(
      @PathParam("model") String name, @Context HttpHeaders headers, @Context UriInfo uri) {
    return peers.answer(
        name, uri.getRequestUri().getRawPath(), headers, () -> Response.ok(here(name)).build());
  }

  private ModelStatus here(String name) {
    return service.models().stream()
        .filter(model -> model.model().equals(name))
        .findFirst()
        .orElseThrow(() -> noModel(name));
  }

  static NotFoundException noModel(String name) {
    return new NotFoundException("no model '%s' here".formatted(name));
  }
}
