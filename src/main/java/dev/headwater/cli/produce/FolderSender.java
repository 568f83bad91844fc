package dev.headwater.cli.produce;

import dev.headwater.cli.client.OutgoingImage;
import dev.headwater.cli.client.ProgressDisplay;
import dev.headwater.image.ImageLimits;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Sends the planned files, one after the other.
 *
 * <p>A file is read when its turn comes; the producer's buffer bounds what is in flight, since
 * {@code send} waits while it is full.
 *
 * @param producer where the events go; the caller closes it
 * @param topic the images topic
 * @param model the model that shall predict and learn
 * @param pace the rate of sending
 * @param labels what becomes of the labels; empty where they go with their images
 * @param stopped whether to end before the next file
 */
record FolderSender(
    Producer<byte[], byte[]> producer,
    String topic,
    String model,
    Pace pace,
    Optional<DelayedLabels> labels,
    BooleanSupplier stopped) {

  /**
   * Sends until the plan's end, a stop or a broker that is gone; every file ends up in the tally.
   */
  void send(SendPlan plan, SendTally tally, ProgressDisplay progress) {
    Runnable meanwhile = () -> labels.ifPresent(DelayedLabels::sendDue);
    for (var file : plan.files()) {
      meanwhile.run();
      pace.awaitTurn(stopped, meanwhile);
      if (stopped.getAsBoolean() || tally.brokenBy().isPresent()) {
        return;
      }
      var read = LocalCheck.read(file.path(), ImageLimits.DEFAULT);
      if (read instanceof LocalCheck.Refused refused) {
        tally.refused(file.path(), refused.reason());
      } else if (read instanceof LocalCheck.Accepted accepted) {
        sendOne(file, accepted, file.className().equals(plan.positive()), tally);
      }
      progress.step();
    }
  }

  private void sendOne(
      LabelledFile file, LocalCheck.Accepted read, boolean positive, SendTally tally) {
    var event =
        OutgoingImage.labelled(model, file.domain(), positive, read.contentType(), read.bytes());
    var outgoing = labels.map(later -> later.withhold(event)).orElse(event);
    try {
      var unused = // the callback tells
          producer.send(
              outgoing.toRecord(topic),
              (metadata, error) -> {
                if (error == null) {
                  tally.acknowledged(event.id(), file, positive);
                  labels.ifPresent(later -> later.acknowledged(event, file.path()));
                } else {
                  failed(file, error, tally);
                }
              });
    } catch (KafkaException e) {
      failed(file, e, tally);
    }
  }

  private void failed(LabelledFile file, Exception error, SendTally tally) {
    labels.ifPresent(DelayedLabels::failed);
    tally.refused(file.path(), "not accepted by Kafka: " + error.getMessage());
    if (error instanceof TimeoutException) {
      tally.broken("Kafka stopped responding: " + error.getMessage());
    }
  }
}
