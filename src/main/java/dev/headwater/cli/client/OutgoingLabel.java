package dev.headwater.cli.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.headwater.event.Json;
import dev.headwater.event.LabelEvent;
import dev.headwater.event.LabelEventReader;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * One label as it goes on the wire: a CloudEvent in binary mode whose data is JSON as in {@code
 * schemas/label-event.v1.schema.json}.
 *
 * @param event the image's id, its label, and when it was labelled
 */
public record OutgoingLabel(LabelEvent event) {

  /** A label of the present time. */
  public static OutgoingLabel now(String imageId, String label) {
    return new OutgoingLabel(new LabelEvent(imageId, label, Instant.now()));
  }

  /** The record that carries the event; its key is the image's id, as that of the image is. */
  public ProducerRecord<byte[], byte[]> toRecord(String topic) {
    var cloudEvent =
        CloudEventBuilder.v1()
            .withId(UUID.randomUUID().toString())
            .withSource(OutgoingImage.SOURCE)
            .withType(LabelEventReader.TYPE)
            .withSubject(event.imageId())
            .withTime(event.time().atOffset(ZoneOffset.UTC))
            .withData("application/json", Json.bytes(event))
            .build();
    byte[] key = event.imageId().getBytes(UTF_8);
    return KafkaMessageFactory.createWriter(topic, key).writeBinary(cloudEvent);
  }
}
