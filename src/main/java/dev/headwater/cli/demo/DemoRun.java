package dev.headwater.cli.demo;

import dev.headwater.cli.client.CommandFailedException;
import dev.headwater.cli.client.Console;
import dev.headwater.cli.client.ImageResult;
import dev.headwater.cli.client.ImageResults;
import dev.headwater.cli.client.KafkaClients;
import dev.headwater.cli.client.OutgoingImage;
import dev.headwater.cli.client.StatusLine;
import dev.headwater.image.ImageFormat;
import dev.headwater.topics.TopicNames;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.Producer;

/**
 * Sends images in order, and collects their predictions.
 *
 * <p>At most {@code inFlight} images are without a prediction at any time, so that the domains
 * reach the learner one after the other and the predictions come from heads that have learnt what
 * was sent a moment ago.
 */
public final class DemoRun {
  private static final Duration POLL = Duration.ofMillis(50);

  /** How many images are painted before the next look at the results. */
  private static final int BURST = 8;

  private static final long PATIENCE_NANOS = Duration.ofSeconds(60).toNanos();

  /**
   * How to run.
   *
   * @param model the model that predicts and learns
   * @param inFlight how many images may wait for their answer
   */
  public record Settings(String model, int inFlight) {
    /** Checks that there is a model's name and at least one image in flight. */
    public Settings {
      if (model.isBlank() || inFlight < 1) {
        throw new IllegalArgumentException(
            "expected a model's name and at least 1 in flight, found \"%s\" and %d"
                .formatted(model, inFlight));
      }
    }
  }

  private final Console console;
  private final Settings settings;
  private final List<LabelledImage> images;
  private final BooleanSupplier stopped;
  private final DemoScore score = new DemoScore();
  private final Map<String, LabelledImage> open = new HashMap<>();
  private final AtomicReference<Exception> sendFailure = new AtomicReference<>();
  private String domain = "starting";
  private int sent;

  DemoRun(Console console, Settings settings, List<LabelledImage> images, BooleanSupplier stopped) {
    this.console = console;
    this.settings = settings;
    this.images = images;
    this.stopped = stopped;
  }

  /**
   * Runs to the last prediction, or until stopped.
   *
   * @throws CommandFailedException if Kafka takes no image, or nothing is predicted for a minute
   */
  DemoScore run(KafkaClients clients, TopicNames topics) {
    clients.require(List.of(topics.images(), topics.predictions(), topics.deadLetters()));
    var report = new DemoReport(console, images.size());
    var line = new StatusLine(console, System::nanoTime);
    var rate = new Rate(System::nanoTime);
    try (var answers = ImageResults.fromNow(clients.consumer(), topics);
        var producer = new ClosingProducer(clients.producer())) {
      long lastNews = System.nanoTime();
      while (!isDone()) {
        sendUpTo(producer.producer(), topics.images());
        for (var answer : answers.poll(maySend() ? Duration.ZERO : POLL)) {
          if (note(answer, line)) {
            rate.count();
            lastNews = System.nanoTime();
          }
        }
        requirePatience(lastNews);
        line.show(() -> report.live(score, domain, rate.perSecond()));
      }
      line.finish(report.live(score, domain, rate.perSecond()));
    }
    return score;
  }

  /** How many images were sent. */
  int sent() {
    return sent;
  }

  private boolean isDone() {
    return stopped.getAsBoolean() || (sent == images.size() && open.isEmpty());
  }

  private void sendUpTo(Producer<byte[], byte[]> producer, String topic) {
    for (int burst = 0; burst < BURST && maySend(); burst++) {
      var image = images.get(sent++);
      byte[] file = image.file().get();
      var type = ImageFormat.PNG.mediaType();
      boolean positive = image.className().equals(EmojiSet.POSITIVE);
      var event = OutgoingImage.labelled(settings.model(), image.domain(), positive, type, file);
      open.put(event.id(), image);
      var unused = // the callback tells
          producer.send(
              event.toRecord(topic),
              (metadata, error) -> {
                if (error != null) {
                  sendFailure.compareAndSet(null, error);
                }
              });
    }
  }

  private boolean maySend() {
    return sent < images.size() && open.size() < settings.inFlight() && !stopped.getAsBoolean();
  }

  private boolean note(ImageResult answer, StatusLine line) {
    var image = open.remove(answer.imageId());
    if (image == null) {
      return false;
    }
    domain = image.domain();
    if (answer instanceof ImageResult.Predicted predicted) {
      boolean positive = image.className().equals(EmojiSet.POSITIVE);
      score.predicted(image.domain(), positive, predicted.prediction());
    } else if (answer instanceof ImageResult.DeadLettered dead) {
      score.refused();
      line.say("the service refused an image: %s: %s".formatted(dead.code(), dead.message()));
    }
    return true;
  }

  private void requirePatience(long lastNews) {
    var failure = sendFailure.get();
    if (failure != null) {
      throw new CommandFailedException(
          "Kafka did not accept an image: " + failure.getMessage(), failure);
    }
    if (System.nanoTime() - lastNews > PATIENCE_NANOS) {
      throw new CommandFailedException(
          "no prediction of %d images for 60 s: is the service up, and ready?"
              .formatted(open.size()));
    }
  }

  /** Closes a producer within a bounded time. */
  private record ClosingProducer(Producer<byte[], byte[]> producer) implements AutoCloseable {
    @Override
    public void close() {
      producer.close(Duration.ofSeconds(5));
    }
  }
}
