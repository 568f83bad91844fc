package dev.headwater.stream.call;

import dev.headwater.event.LifeEvent;
import dev.headwater.event.ModelEvent;
import dev.headwater.event.ModelRequest;
import dev.headwater.stream.runtime.StreamSettings;
import dev.headwater.topics.TopicNames;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends requests about a model through Kafka, and waits for the event that answers. Thread-safe.
 *
 * @param intake sends the request
 * @param events brings the answer, whichever instance gives it
 * @param patience how long a call waits for it
 */
public record ModelRequests(Intake intake, ModelEventSubscriber events, Duration patience)
    implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Opens both towards Kafka. */
  public static ModelRequests open(TopicNames topics, StreamSettings settings) {
    return new ModelRequests(
        Intake.open(topics, settings), ModelEventSubscriber.start(topics, settings), PATIENCE);
  }

  /**
   * Returns the answer; empty if none came in time; the request may still be carried out.
   *
   * @throws Intake.UndeliveredException if Kafka does not take the request
   */
  public Optional<LifeEvent> ask(ModelRequest request) {
    var answer = new CompletableFuture<LifeEvent>();
    try (var listening = events.listen(event -> take(event, request, answer))) {
      intake.request(request);
      return Optional.of(answer.get(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException("an answer is never given exceptionally", e);
    }
  }

  @Override
  public void close() {
    events.close();
    intake.close();
  }

  private static void take(
      ModelEvent event, ModelRequest request, CompletableFuture<LifeEvent> answer) {
    if (event instanceof LifeEvent life
        && life.model().equals(request.model())
        && life.command().filter(request.id()::equals).isPresent()) {
      answer.complete(life);
    }
  }
}
