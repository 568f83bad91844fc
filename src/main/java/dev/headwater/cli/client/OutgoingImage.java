package dev.headwater.cli.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.headwater.event.ImageHeaders;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * One image as it goes on the wire: a CloudEvent in binary mode.
 *
 * @param id names the image; random, so that it tells nothing about the label
 * @param model the model that shall predict and learn
 * @param domain where the image comes from
 * @param label 1 or 0; empty where it is not known, or is sent later
 * @param contentType the file's media type
 * @param file the file's bytes, not copied: they may be megabytes
 * @param time when the event was made
 */
@SuppressWarnings("ArrayRecordComponent") // handed straight to the producer, compared by no one
public record OutgoingImage(
    String id,
    String model,
    String domain,
    Optional<String> label,
    String contentType,
    byte[] file,
    Instant time) {
  /** The CloudEvents source of what the command line sends. */
  static final URI SOURCE = URI.create("/headwater/cli");

  /** A new event, with a fresh id and the present time. */
  public static OutgoingImage labelled(
      String model, String domain, boolean positive, String contentType, byte[] file) {
    var id = UUID.randomUUID().toString();
    var label = Optional.of(positive ? "1" : "0");
    return new OutgoingImage(id, model, domain, label, contentType, file, Instant.now());
  }

  /** The same image, whose label comes in an event of its own. */
  public OutgoingImage withoutLabel() {
    return new OutgoingImage(id, model, domain, Optional.empty(), contentType, file, time);
  }

  /** The record that carries the event; its key is the id. */
  public ProducerRecord<byte[], byte[]> toRecord(String topic) {
    var event =
        CloudEventBuilder.v1()
            .withId(id)
            .withSource(SOURCE)
            .withType(ImageHeaders.IMAGE_TYPE)
            .withTime(time.atOffset(ZoneOffset.UTC))
            .withData(contentType, file)
            .withExtension("model", model)
            .withExtension("domain", domain);
    label.ifPresent(text -> event.withExtension("label", text));
    return KafkaMessageFactory.createWriter(topic, id.getBytes(UTF_8)).writeBinary(event.build());
  }
}
