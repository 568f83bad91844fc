package dev.headwater.cli.client;

import dev.headwater.event.ImageHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * One labelled image as it goes on the wire: a CloudEvent in binary mode.
 *
 * @param id names the image; random, so that it tells nothing about the label
 * @param model the model that shall predict and learn
 * @param domain where the image comes from
 * @param positive the label
 * @param contentType the file's media type
 * @param file the file's bytes, not copied: they may be megabytes
 * @param time when the event was made
 */
@SuppressWarnings("ArrayRecordComponent") // handed straight to the producer, compared by no one
public record OutgoingImage(
    String id,
    String model,
    String domain,
    boolean positive,
    String contentType,
    byte[] file,
    Instant time) {
  private static final String SOURCE = "/headwater/cli";

  /** A new event, with a fresh id and the present time. */
  public static OutgoingImage labelled(
      String model, String domain, boolean positive, String contentType, byte[] file) {
    var id = UUID.randomUUID().toString();
    return new OutgoingImage(id, model, domain, positive, contentType, file, Instant.now());
  }

  /** The record that carries the event; its key is the id. */
  public ProducerRecord<byte[], byte[]> toRecord(String topic) {
    var carrier = new ProducerRecord<>(topic, utf8(id), file);
    header(carrier, ImageHeaders.SPEC_VERSION, "1.0");
    header(carrier, ImageHeaders.ID, id);
    header(carrier, ImageHeaders.SOURCE, SOURCE);
    header(carrier, ImageHeaders.TYPE, ImageHeaders.IMAGE_TYPE);
    header(carrier, ImageHeaders.TIME, time.toString());
    header(carrier, ImageHeaders.CONTENT_TYPE, contentType);
    header(carrier, ImageHeaders.MODEL, model);
    header(carrier, ImageHeaders.DOMAIN, domain);
    header(carrier, ImageHeaders.LABEL, positive ? "1" : "0");
    return carrier;
  }

  private static void header(ProducerRecord<byte[], byte[]> carrier, String name, String value) {
    carrier.headers().add(name, utf8(value));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
