package dev.headwater.api;

import dev.headwater.api.EventClient.Message;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Model events, streamed as they happen. */
@Path("/api/events")
public final class EventsResource {
  private final EventFeed feed;

  EventsResource(EventFeed feed) {
    this.feed = feed;
  }

  /** Streams model events from now on. */
  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(
      summary = "Model events from now on, as server-sent events",
      description = "Each is JSON as in model-event.v1.schema.json; a comment comes every 15 s.")
  @APIResponse(responseCode = "200", description = "Events, until one side ends it")
  public void events(
      @QueryParam("model") Optional<String> model, @Context SseEventSink sink, @Context Sse sse) {
    feed.serve(new SinkLine(sink, sse), model.filter(name -> !name.isEmpty()));
  }

  private record SinkLine(SseEventSink sink, Sse sse) implements EventClient.Line {
    @Override
    public CompletionStage<?> send(Message message) {
      var event = sse.newEventBuilder();
      return sink.send(
          message.isComment()
              ? event.comment(message.text()).build()
              : event.data(message.text()).build());
    }

    @Override
    public boolean isClosed() {
      return sink.isClosed();
    }

    @Override
    public void close() {
      sink.close();
    }
  }
}
