package dev.headwater.api;

import dev.headwater.event.Fields;
import dev.headwater.event.LifeEvent;
import dev.headwater.event.ModelEvent.Kind;
import dev.headwater.event.ModelRequest;
import dev.headwater.event.RejectedException;
import dev.headwater.stream.call.ModelRequests;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.UUID;

/** HTTP responses to commands and to what is sent into the stream. */
final class CommandResponses {
  private CommandResponses() {}

  /** The id under which something was accepted. */
  record Taken(String id) {}

  /** Returns the id that a caller gave, or a new one. */
  static String id(Optional<String> given) throws RejectedException {
    return given.isPresent() ? Fields.commandId(given.get()) : UUID.randomUUID().toString();
  }

  /** Sends a request; responds with its event, why it was refused, or the id to look for. */
  static Response ask(ModelRequests requests, ModelRequest request) {
    return requests
        .ask(request)
        .map(CommandResponses::response)
        .orElseGet(() -> taken(request.id()));
  }

  private static Response response(LifeEvent event) {
    return event.kind() == Kind.REFUSED
        ? ProblemMappers.unprocessable(event.message()).build()
        : Response.ok(event).build();
  }

  static Response taken(String id) {
    return Response.accepted(new Taken(id)).build();
  }
}
