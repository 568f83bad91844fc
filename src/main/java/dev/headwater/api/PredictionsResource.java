package dev.headwater.api;

import dev.headwater.app.AdaptationService;
import dev.headwater.event.Classification;
import dev.headwater.event.Fields;
import dev.headwater.event.RejectedException;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Synchronous predictions by the serving head. */
@Path("/api/models/{model}/predictions")
@Blocking
public final class PredictionsResource {
  private final AdaptationService service;
  private final RequestBodies bodies;

  PredictionsResource(AdaptationService service, RequestBodies bodies) {
    this.service = service;
    this.bodies = bodies;
  }

  /** Classifies one image. */
  @POST
  @Consumes({"image/*", MediaType.APPLICATION_OCTET_STREAM})
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "Classify an image with the serving head; nothing is stored")
  @APIResponse(responseCode = "200", description = "A probability, and the version that gave it")
  @APIResponse(responseCode = "404", description = "The model has no head in service")
  @APIResponse(responseCode = "413", description = "The file is too large")
  @APIResponse(responseCode = "422", description = "The image is not usable")
  @APIResponse(responseCode = "503", description = "Too many requests at once; try again")
  public Classification predict(
      @PathParam("model") String model, @Context HttpHeaders headers, InputStream image)
      throws RejectedException, IOException {
    String name = Fields.model(Optional.of(model));
    var classifier = service.streams().classifier();
    return bodies
        .read(
            image,
            headers,
            service.largestImage(),
            "the image",
            file -> classifier.classify(name, file))
        .orElseThrow(
            () -> new NotFoundException("model '%s' has no head in service".formatted(name)));
  }
}
