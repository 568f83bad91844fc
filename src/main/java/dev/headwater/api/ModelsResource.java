package dev.headwater.api;

import dev.headwater.app.AdaptationService;
import dev.headwater.event.ModelStatus;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** How the models are doing. */
@Path("/api/models")
@Produces(MediaType.APPLICATION_JSON)
public final class ModelsResource {
  private final AdaptationService service;

  ModelsResource(AdaptationService service) {
    this.service = service;
  }

  /** All models whose learners run in this instance, by name. */
  @GET
  @Operation(summary = "All models, by name")
  public List<ModelStatus> all() {
    return service.models();
  }

  /** One of them. */
  @GET
  @Path("{model}")
  @Operation(summary = "One model")
  public ModelStatus one(@PathParam("model") String name) {
    return service.models().stream()
        .filter(model -> model.model().equals(name))
        .findFirst()
        .orElseThrow(() -> noModel(name));
  }

  static NotFoundException noModel(String name) {
    return new NotFoundException("no model '%s' here".formatted(name));
  }
}
