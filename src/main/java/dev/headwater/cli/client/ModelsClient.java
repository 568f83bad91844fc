package dev.headwater.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.headwater.event.ModelStatus;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Asks the service how its models are doing. */
public final class ModelsClient {
  private static final String PATH = "/api/models";

  private final ServiceHttp service;

  ModelsClient(ServiceHttp service) {
    this.service = service;
  }

  /** A client of a service of this process, which asks for no token to be read. */
  public ModelsClient(URI url, Console console) {
    this(new ServiceHttp(url, Optional::empty, console));
  }

  /**
   * The array that {@code GET /api/models} returns, as it came.
   *
   * @throws CommandFailedException if the service cannot be reached or returns something else
   */
  public JsonNode json() {
    return service.get(PATH).array();
  }

  /** The same, read into records. */
  public List<ModelStatus> models() {
    var reply = service.get(PATH);
    return List.of(reply.as(reply.array(), ModelStatus[].class));
  }
}
