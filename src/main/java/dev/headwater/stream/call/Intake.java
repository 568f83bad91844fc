package dev.headwater.stream.call;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.headwater.event.ImageEvent;
import dev.headwater.event.ImageEventReader;
import dev.headwater.event.ImageHeaders;
import dev.headwater.event.Json;
import dev.headwater.event.LabelEventReader;
import dev.headwater.event.ModelRequest;
import dev.headwater.event.ModelRequestReader;
import dev.headwater.event.RecordSource;
import dev.headwater.event.RejectedException;
import dev.headwater.event.SnapshotImport;
import dev.headwater.stream.runtime.StreamSettings;
import dev.headwater.topics.TopicNames;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;

/**
 * Sends images, labels and requests of HTTP callers to Kafka, and waits for the acknowledgement.
 * Each is read first as the stream will read it, so that a caller learns of a refusal at once.
 * Thread-safe.
 */
public final class Intake implements AutoCloseable {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final Producer<byte[], byte[]> producer;
  private final TopicNames topics;

  Intake(Producer<byte[], byte[]> producer, TopicNames topics) {
    this.producer = producer;
    this.topics = topics;
  }

  /** Opens one towards Kafka. */
  public static Intake open(TopicNames topics, StreamSettings settings) {
    return new Intake(ClientFactory.producer(settings), topics);
  }

  /**
   * An image as it is sent.
   *
   * @param id names it; unique
   * @param contentType of the file
   */
  public record Image(
      String id,
      String model,
      Optional<String> domain,
      Optional<String> label,
      String contentType) {
    private Headers headers(Instant time) {
      var headers = EventHeaders.of(id, ImageHeaders.IMAGE_TYPE, contentType, time);
      EventHeaders.add(headers, ImageHeaders.MODEL, model);
      EventHeaders.add(headers, ImageHeaders.DOMAIN, domain.orElse(ImageEvent.DEFAULT_DOMAIN));
      label.ifPresent(text -> EventHeaders.add(headers, ImageHeaders.LABEL, text));
      return headers;
    }
  }

  /**
   * Sends an image.
   *
   * @throws RejectedException if the stream would refuse a field of it
   * @throws UndeliveredException if Kafka does not take it
   */
  public void image(Image image, byte[] file) throws RejectedException {
    var time = Instant.now();
    var headers = image.headers(time);
    byte[] key = image.id().getBytes(UTF_8);
    ImageEventReader.read(file, new RecordSource(key, headers, RequestParser.HERE, time));
    send(topics.images(), key, file, headers);
  }

  /**
   * Sends a label, given as JSON.
   *
   * @return the image's id
   * @throws RejectedException if it is none
   * @throws UndeliveredException if Kafka does not take it
   */
  public String label(byte[] json) throws RejectedException {
    var time = Instant.now();
    var label =
        LabelEventReader.read(
            json, new RecordSource(null, EventHeaders.json(), RequestParser.HERE, time));
    var headers =
        EventHeaders.of(label.imageId(), LabelEventReader.TYPE, EventHeaders.JSON, label.time());
    EventHeaders.add(headers, ImageHeaders.SUBJECT, label.imageId());
    send(topics.labels(), label.imageId().getBytes(UTF_8), json(label), headers);
    return label.imageId();
  }

  /**
   * Sends what is asked of a model.
   *
   * @throws UndeliveredException if Kafka does not take it
   */
  void request(ModelRequest request) {
    boolean isFile = request instanceof SnapshotImport;
    var headers =
        EventHeaders.of(
            request.id(),
            isFile ? SnapshotImport.TYPE : ModelRequestReader.TYPE,
            isFile ? EventHeaders.OCTETS : EventHeaders.JSON,
            Instant.now());
    byte[] value = request instanceof SnapshotImport found ? found.file() : json(request);
    try {
      send(topics.commands(), request.model().getBytes(UTF_8), value, headers);
    } catch (UndeliveredException e) {
      throw new UndeliveredException(request.id(), e);
    }
  }

  private void send(String topic, byte[] key, byte[] value, Headers headers) {
    var record = new ProducerRecord<>(topic, null, key, value, headers);
    try {
      var acknowledged = producer.send(record);
      acknowledged.get(2 * ClientFactory.DELIVERY.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new UndeliveredException(topic, e.getCause());
    } catch (KafkaException | TimeoutException | IllegalStateException e) {
      // The last of them if the service stops meanwhile.
      throw new UndeliveredException(topic, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UndeliveredException(topic, e);
    }
  }

  private static byte[] json(Object record) {
    try {
      return Json.MAPPER.writeValueAsBytes(record);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts, numbers and a time are always writable", e);
    }
  }

  @Override
  public void close() {
    producer.close(CLOSE_TIMEOUT);
  }

  /** Says that Kafka has not acknowledged a record; it may have it all the same. */
  public static final class UndeliveredException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UndeliveredException(String id, UndeliveredException first) {
      super(
          "%s; it may be carried out all the same: repeat it under the id '%s'"
              .formatted(first.getMessage(), id),
          first.getCause());
    }

    UndeliveredException(String topic, Throwable cause) {
      super(
          "Kafka has not acknowledged the record for topic %s: %s"
              .formatted(topic, cause.getMessage()),
          cause);
    }
  }
}
