package dev.headwater.cli.produce;

import dev.headwater.cli.client.OutgoingImage;
import dev.headwater.cli.client.OutgoingLabel;
import dev.headwater.cli.client.ProgressDisplay;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Sends the labels of images that were sent without one, each a fixed delay after Kafka
 * acknowledged its image.
 *
 * <p>All wait equally long, hence the one that came first is due first. The producer's own thread
 * adds labels; the command's sends them.
 */
final class DelayedLabels {
  private static final long LONGEST_NAP_NANOS = 100_000_000L;

  private record Waiting(long dueNanos, String imageId, String label, Path file) {}

  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final Duration delay;
  private final SendTally tally;
  private final LongSupplier nanos;
  private final ConcurrentLinkedQueue<Waiting> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicLong imagesUnderWay = new AtomicLong();

  DelayedLabels(
      Producer<byte[], byte[]> producer,
      String topic,
      Duration delay,
      SendTally tally,
      LongSupplier nanos) {
    this.producer = producer;
    this.topic = topic;
    this.delay = delay;
    this.tally = tally;
    this.nanos = nanos;
  }

  /** Notes that an image is about to be sent, and returns it without its label. */
  OutgoingImage withhold(OutgoingImage labelled) {
    imagesUnderWay.incrementAndGet();
    return labelled.withoutLabel();
  }

  /** Starts the time of an image's label. */
  void acknowledged(OutgoingImage labelled, Path file) {
    var label = labelled.label().orElseThrow();
    waiting.add(new Waiting(nanos.getAsLong() + delay.toNanos(), labelled.id(), label, file));
    imagesUnderWay.decrementAndGet();
  }

  /** Notes that an image was not sent, so that it gets no label. */
  void failed() {
    imagesUnderWay.decrementAndGet();
  }

  /** Sends the labels whose time has come, and returns how many those were. */
  int sendDue() {
    int sent = 0;
    for (var next = waiting.peek(); next != null && isDue(next); next = waiting.peek()) {
      waiting.remove();
      send(next);
      sent++;
    }
    return sent;
  }

  /** Sends each label in its time, until none is left, {@code stopped}, or the broker is gone. */
  void sendAll(BooleanSupplier stopped, ProgressDisplay progress) {
    while (!isDone() && !stopped.getAsBoolean() && tally.brokenBy().isEmpty()) {
      int sent = sendDue();
      for (int i = 0; i < sent; i++) {
        progress.step();
      }
      if (sent == 0) {
        LockSupport.parkNanos(napNanos());
      }
    }
  }

  /** How many labels wait for their time, or for their image to be acknowledged. */
  long left() {
    return waiting.size() + imagesUnderWay.get();
  }

  private boolean isDone() {
    // In this order: an image is added to the queue before it is no longer under way.
    return imagesUnderWay.get() == 0 && waiting.isEmpty();
  }

  private boolean isDue(Waiting label) {
    return label.dueNanos() - nanos.getAsLong() <= 0;
  }

  private long napNanos() {
    var next = waiting.peek();
    long left = next == null ? LONGEST_NAP_NANOS : next.dueNanos() - nanos.getAsLong();
    return Math.max(1, Math.min(left, LONGEST_NAP_NANOS));
  }

  private void send(Waiting label) {
    try {
      var unused = // the callback tells
          producer.send(
              OutgoingLabel.now(label.imageId(), label.label()).toRecord(topic),
              (metadata, error) -> {
                if (error == null) {
                  tally.labelAcknowledged();
                } else {
                  refused(label, error);
                }
              });
    } catch (KafkaException e) {
      refused(label, e);
    }
  }

  private void refused(Waiting label, Exception error) {
    tally.refused(label.file(), "its label was not accepted by Kafka: " + error.getMessage());
    if (error instanceof TimeoutException) {
      tally.broken("Kafka stopped responding: " + error.getMessage());
    }
  }
}
