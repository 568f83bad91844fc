package dev.headwater.api;

import dev.headwater.app.AdaptationService;
import dev.headwater.event.Fields;
import dev.headwater.event.LabelEventReader;
import dev.headwater.event.RejectedException;
import dev.headwater.stream.call.Intake;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Images and labels for training, for clients without a Kafka client. */
@Path("/api/models/{model}")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
public final class ExamplesResource {
  private final AdaptationService service;
  private final RequestBodies bodies;

  ExamplesResource(AdaptationService service, RequestBodies bodies) {
    this.service = service;
    this.bodies = bodies;
  }

  /** Sends an image into the stream. */
  @POST
  @Path("images")
  @Consumes({"image/*", MediaType.APPLICATION_OCTET_STREAM})
  @Operation(
      summary = "Send an image, perhaps with its label, into the stream",
      description = "Its prediction is a record on the predictions topic.")
  @APIResponse(responseCode = "202", description = "Kafka has it; the id under which")
  @APIResponse(responseCode = "400", description = "The id, domain or label is invalid")
  @APIResponse(responseCode = "413", description = "The file is too large")
  public Response image(
      @PathParam("model") String model,
      @QueryParam("id") Optional<String> id,
      @QueryParam("domain") Optional<String> domain,
      @QueryParam("label") Optional<String> label,
      @Context HttpHeaders headers,
      @Context UriInfo uri,
      InputStream file)
      throws RejectedException, IOException {
    Query.require(uri.getQueryParameters(), List.of("id", "domain", "label"));
    var type = Optional.ofNullable(headers.getMediaType());
    var image =
        new Intake.Image(
            id.isPresent() ? Fields.imageId(id.get()) : UUID.randomUUID().toString(),
            Fields.model(Optional.of(model)),
            domain,
            label,
            type.map(found -> found.getType() + "/" + found.getSubtype())
                .orElse(MediaType.APPLICATION_OCTET_STREAM));
    var intake = service.requests().intake();
    return bodies.read(
        file,
        headers,
        service.largestImage(),
        "the image",
        body -> {
          intake.image(image, body);
          return CommandResponses.taken(image.id());
        });
  }

  /** Sends a label into the stream. */
  @POST
  @Path("labels")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Send the label of an image into the stream: {\"imageId\": …, \"label\": …}",
      description =
          "As in label-event.v1.schema.json; before or after the image, which says what model it is"
              + " for.")
  @APIResponse(responseCode = "202", description = "Kafka has it; the image's id")
  @APIResponse(responseCode = "400", description = "Not a label")
  public Response label(
      @PathParam("model") String model, @Context HttpHeaders headers, InputStream label)
      throws RejectedException, IOException {
    Fields.model(Optional.of(model));
    var intake = service.requests().intake();
    return bodies.read(
        label,
        headers,
        LabelEventReader.LARGEST,
        "the label",
        json -> CommandResponses.taken(intake.label(json)));
  }
}
