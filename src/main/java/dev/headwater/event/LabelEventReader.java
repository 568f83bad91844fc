package dev.headwater.event;

import static dev.headwater.event.ErrorCode.EVENT_EMPTY;
import static dev.headwater.event.ErrorCode.EVENT_FIELD_INVALID;
import static dev.headwater.event.ErrorCode.EVENT_MALFORMED;
import static dev.headwater.event.ErrorCode.EVENT_WITHOUT_LABEL;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.jackson.JsonCloudEventData;
import java.util.Optional;

/**
 * Reads label events from Kafka records: plain JSON as in {@code
 * schemas/label-event.v1.schema.json}, the same as the data of a CloudEvent in binary or structured
 * mode, or the bare label.
 *
 * <p>The image is named by {@code imageId}, else by the CloudEvent's subject, else by the record's
 * key.
 */
public final class LabelEventReader {
  /** The CloudEvents type of a label. */
  public static final String TYPE = "dev.headwater.label.v1";

  /** Most bytes of a label event, headers included; one takes some hundred. */
  public static final int LARGEST = 64 << 10;

  private static final String IMAGE_ID = "imageId";

  private LabelEventReader() {}

  /**
   * Returns the event in a record.
   *
   * @throws RejectedException if there is none
   */
  public static LabelEvent read(byte[] value, RecordSource source) throws RejectedException {
    if (value == null || value.length == 0) {
      throw new RejectedException(
          EVENT_EMPTY, "record %s has no value, expected a label".formatted(source.position()));
    }
    long size = RecordSize.of(source.key(), value, source.headers());
    if (size > LARGEST) {
      throw new RejectedException(
          EVENT_MALFORMED,
          "record %s has %d bytes with its headers, expected a label of at most %d"
              .formatted(source.position(), size, LARGEST));
    }
    Optional<String> subject = Optional.empty();
    if (EventJson.isBinaryMode(source.headers())) {
      Fields.requireVersion(source.headers());
      var type = Fields.header(source.headers(), ImageHeaders.TYPE);
      if (type.isPresent()) {
        Fields.requireType(type.get(), TYPE);
      }
      subject = Fields.header(source.headers(), ImageHeaders.SUBJECT);
    }
    return EventJson.isJson(value, source.headers())
        ? json(EventJson.object(value, source), subject, source)
        : bare(new String(value, UTF_8).strip(), subject, source);
  }

  private static LabelEvent json(JsonNode event, Optional<String> subject, RecordSource source)
      throws RejectedException {
    return EventJson.isStructured(event, source.headers())
        ? structured(EventJson.cloudEvent(event, source), source)
        : plain(event, subject, source);
  }

  private static LabelEvent structured(CloudEvent event, RecordSource source)
      throws RejectedException {
    Fields.requireType(event.getType(), TYPE);
    if (event.getData() instanceof JsonCloudEventData data && data.getNode().isObject()) {
      return plain(data.getNode(), Optional.ofNullable(event.getSubject()), source);
    }
    throw new RejectedException(
        EVENT_WITHOUT_LABEL,
        "CloudEvent %s has no object as 'data', expected one as in label-event.v1.schema.json"
            .formatted(Fields.shorten(event.getId())));
  }

  private static LabelEvent plain(JsonNode event, Optional<String> subject, RecordSource source)
      throws RejectedException {
    String label = EventJson.label(event).orElseThrow(LabelEventReader::withoutLabel);
    return new LabelEvent(
        imageId(EventJson.text(event, IMAGE_ID).or(() -> subject), source),
        Fields.label(label),
        Fields.time(EventJson.text(event, "time"), source.time()));
  }

  private static LabelEvent bare(String label, Optional<String> subject, RecordSource source)
      throws RejectedException {
    if (label.isEmpty()) {
      throw withoutLabel();
    }
    return new LabelEvent(imageId(subject, source), Fields.label(label), source.time());
  }

  private static RejectedException withoutLabel() {
    return new RejectedException(
        EVENT_WITHOUT_LABEL, "the event has no 'label', expected a class of the image's model");
  }

  private static String imageId(Optional<String> id, RecordSource source) throws RejectedException {
    if (id.isEmpty() && (source.key() == null || source.key().length == 0)) {
      throw new RejectedException(
          EVENT_FIELD_INVALID,
          "record %s names no image, expected '%s' or the image's id as the record's key"
              .formatted(source.position(), IMAGE_ID));
    }
    return Fields.imageId(id.isPresent() ? id.get() : new String(source.key(), UTF_8));
  }
}
