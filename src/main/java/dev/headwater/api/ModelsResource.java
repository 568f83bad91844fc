package dev.headwater.api;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.headwater.app.AdaptationService;
import dev.headwater.event.Json;
import dev.headwater.event.ModelStatus;
import dev.headwater.event.RejectedException;
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
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** The state and quality of the models. */
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
    peers
        .gather(PATH, headers, service::models, json -> Json.MAPPER.readValue(json, MODELS))
        .forEach(model -> models.put(model.model(), model));
    return models.values();
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
      @PathParam("model") String name, @Context HttpHeaders headers, @Context UriInfo uri)
      throws RejectedException {
    return peers.respond(
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
