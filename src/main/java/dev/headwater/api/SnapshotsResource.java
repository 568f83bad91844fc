package dev.headwater.api;

import dev.headwater.app.AdaptationService;
import dev.headwater.event.Fields;
import dev.headwater.event.ModelVersion;
import dev.headwater.event.RejectedException;
import dev.headwater.event.SnapshotImport;
import dev.headwater.stream.call.RequestParser;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** The versions of a model that are kept. */
@Path("/api/models/{model}/snapshots")
@Blocking
public final class SnapshotsResource {
  private final AdaptationService service;
  private final RequestBodies bodies;
  private final Peers peers;

  SnapshotsResource(AdaptationService service, RequestBodies bodies, Peers peers) {
    this.service = service;
    this.bodies = bodies;
    this.peers = peers;
  }

  /** All of them, newest first. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "The versions of a model that are kept, newest first")
  @APIResponse(
      responseCode = "200",
      description = "Each with where it came from",
      content =
          @Content(schema = @Schema(type = SchemaType.ARRAY, implementation = ModelVersion.class)))
  @APIResponse(responseCode = "404", description = "No such model")
  public Response all(
      @PathParam("model") String model, @Context HttpHeaders headers, @Context UriInfo uri)
      throws RejectedException {
    return peers.respond(
        model, uri.getRequestUri().getRawPath(), headers, () -> Response.ok(here(model)).build());
  }

  private List<ModelVersion> here(String model) {
    return service.queries().versions(model).orElseThrow(() -> ModelsResource.noModel(model));
  }

  /** One of them, as a file. */
  @GET
  @Path("{version}")
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  @Operation(summary = "A version as a safetensors file")
  @APIResponse(responseCode = "200", description = "Four tensors, and metadata")
  @APIResponse(responseCode = "404", description = "No such model, or the version is not kept")
  public Response one(
      @PathParam("model") String model,
      @PathParam("version") String version,
      @Context HttpHeaders headers,
      @Context UriInfo uri)
      throws RejectedException {
    return peers.respond(
        model, uri.getRequestUri().getRawPath(), headers, () -> file(model, version));
  }

  private Response file(String model, String version) {
    byte[] file =
        number(version)
            .flatMap(found -> service.queries().versionFile(model, found))
            .orElseThrow(() -> notKept(model, version));
    String name = "%s-%s.safetensors".formatted(model, version);
    return Response.ok(file, MediaType.APPLICATION_OCTET_STREAM)
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"%s\"".formatted(name))
        .build();
  }

  /** Makes a head from elsewhere the next version, and puts it into service. */
  @POST
  @Consumes({MediaType.APPLICATION_OCTET_STREAM, "application/safetensors"})
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Import a safetensors file as the next version, and put it into service",
      description =
          "The id makes it idempotent: a request with an id that was carried out is not carried out"
              + " again.")
  @APIResponse(responseCode = "200", description = "Done; the event that says so")
  @APIResponse(responseCode = "202", description = "Accepted, but not carried out within 10 s")
  @APIResponse(responseCode = "413", description = "The file is too large")
  @APIResponse(responseCode = "422", description = "The file is refused, with the reason")
  public Response take(
      @PathParam("model") String model,
      @QueryParam("id") Optional<String> id,
      @Context HttpHeaders headers,
      @Context UriInfo uri,
      InputStream file)
      throws RejectedException, IOException {
    Query.require(uri.getQueryParameters(), List.of("id"));
    String name = Fields.model(Optional.of(model));
    return bodies.read(
        file,
        headers,
        SnapshotImport.LARGEST,
        "the snapshot",
        body ->
            CommandResponses.ask(
                service.requests(), RequestParser.snapshot(name, CommandResponses.id(id), body)));
  }

  private static Optional<Long> number(String text) {
    return text.matches("[1-9][0-9]{0,17}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
  }

  private NotFoundException notKept(String model, String version) {
    return service
        .queries()
        .versions(model)
        .map(
            kept ->
                new NotFoundException(
                    "version %s of model %s is not kept, expected one of %s"
                        .formatted(
                            version, model, kept.stream().map(ModelVersion::version).toList())))
        .orElseGet(() -> ModelsResource.noModel(model));
  }
}
