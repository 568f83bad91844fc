package dev.headwater.api;

import dev.headwater.app.AdaptationService;
import dev.headwater.event.Fields;
import dev.headwater.event.ModelRequestReader;
import dev.headwater.event.RejectedException;
import dev.headwater.stream.call.RequestParser;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Commands to a model. */
@Path("/api/models/{model}/commands")
@Blocking
public final class CommandsResource {
  private final AdaptationService service;
  private final RequestBodies bodies;

  CommandsResource(AdaptationService service, RequestBodies bodies) {
    this.service = service;
    this.bodies = bodies;
  }

  /** Carries out a command, in its turn among what the model learns. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Promote, roll back, pin, unpin or reset; change the threshold or the policy",
      description = "As in model-command.v1.schema.json; the path names the model.")
  @APIResponse(responseCode = "200", description = "Done; the event that says so")
  @APIResponse(responseCode = "202", description = "Accepted, but not carried out within 10 s")
  @APIResponse(responseCode = "400", description = "Not a command")
  @APIResponse(responseCode = "422", description = "Refused, with the reason")
  public Response command(
      @PathParam("model") String model, @Context HttpHeaders headers, InputStream command)
      throws RejectedException, IOException {
    String name = Fields.model(Optional.of(model));
    String id = UUID.randomUUID().toString();
    return bodies.read(
        command,
        headers,
        ModelRequestReader.LARGEST_COMMAND,
        "the command",
        json -> CommandResponses.ask(service.requests(), RequestParser.command(name, id, json)));
  }
}
