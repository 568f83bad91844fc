package dev.headwater.api;

import dev.headwater.api.EventClient.Message;
import dev.headwater.app.AdaptationService;
import dev.headwater.event.Json;
import dev.headwater.event.ModelEvent;
import dev.headwater.stream.AdaptationStreams.NotReadyException;
import dev.headwater.stream.call.ModelEventSubscriber.Subscription;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Sends model events to HTTP clients as server-sent events, with a heartbeat every 15 s. */
@ApplicationScoped
public class EventFeed {
  private static final Logger LOG = Logger.getLogger(EventFeed.class);
  private static final int MOST_CLIENTS = 100;
  private static final long HEARTBEAT_SECONDS = 15;

  private final AdaptationService service;
  private final Map<EventClient, Subscription> clients = new ConcurrentHashMap<>();
  private final ScheduledExecutorService heart =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            var thread = new Thread(task, "headwater-event-heartbeat");
            thread.setDaemon(true);
            return thread;
          });

  EventFeed(AdaptationService service) {
    this.service = service;
    heart.scheduleAtFixedRate(this::beat, HEARTBEAT_SECONDS, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
  }

  /**
   * Tells a client of each event from now on, as JSON.
   *
   * @param model whose events; of all if empty
   * @throws NotReadyException if that is not possible at the moment
   */
  synchronized void serve(EventClient.Line line, Optional<String> model) {
    var events = service.requests().events();
    if (clients.size() >= MOST_CLIENTS) {
      beat();
    }
    if (clients.size() >= MOST_CLIENTS) {
      throw new NotReadyException(
          "%d clients follow events already, which is the limit".formatted(MOST_CLIENTS));
    }
    var client = new EventClient(line);
    client.offer(new Message("listening", true));
    clients.put(client, events.listen(event -> tell(client, model, event)));
  }

  private void tell(EventClient client, Optional<String> model, ModelEvent event) {
    if (model.isEmpty() || model.get().equals(event.model())) {
      client.event(Json.text(event));
    }
  }

  /** Sends heartbeats; disconnects clients that have ended, here and nowhere else. */
  private void beat() {
    clients.keySet().forEach(this::beat);
  }

  /** A stream that fails must not end the heartbeat of the others. */
  private void beat(EventClient client) {
    try {
      if (client.isEnded()) {
        forget(client);
      }
      client.heartbeat();
    } catch (RuntimeException e) {
      forget(client);
      LOG.error("An event stream failed and is closed", e);
    }
  }

  private void forget(EventClient client) {
    var listening = clients.remove(client);
    if (listening != null) {
      listening.close();
    }
  }

  void onShutdown(@Observes ShutdownEvent event) {
    heart.shutdownNow();
    clients.keySet().forEach(client -> client.end("the service stops"));
  }
}
