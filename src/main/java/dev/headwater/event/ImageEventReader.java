package dev.headwater.event;

import static dev.headwater.event.ErrorCode.EVENT_EMPTY;

/**
 * Reads image events from Kafka records: CloudEvents 1.0 in binary or structured mode, plain JSON,
 * or bare image bytes.
 *
 * <p>An event without an id takes the record's key, and without that the record's position, so that
 * a file piped into a console producer is an event too.
 */
public final class ImageEventReader {
  private ImageEventReader() {}

  /**
   * Returns the event in a record.
   *
   * @throws RejectedException if there is none
   */
  public static ImageEvent read(byte[] value, RecordSource source) throws RejectedException {
    if (value == null || value.length == 0) {
      throw new RejectedException(
          EVENT_EMPTY, "record %s has no value, expected an image".formatted(source.position()));
    }
    if (EventJson.isBinaryMode(source.headers()) || !EventJson.isJson(value, source.headers())) {
      return binary(value, source);
    }
    var event = EventJson.object(value, source);
    return EventJson.isStructured(event, source.headers())
        ? StructuredImageEvent.read(EventJson.cloudEvent(event, source), source)
        : PlainJsonImageEvent.read(event, source);
  }

  private static ImageEvent binary(byte[] value, RecordSource source) throws RejectedException {
    var headers = source.headers();
    Fields.requireVersion(headers);
    var type = Fields.header(headers, ImageHeaders.TYPE);
    if (type.isPresent()) {
      Fields.requireType(type.get(), ImageHeaders.IMAGE_TYPE);
    }
    var domain =
        Fields.header(headers, ImageHeaders.DOMAIN)
            .or(() -> Fields.header(headers, ImageHeaders.SOURCE));
    return new ImageEvent(
        Fields.id(Fields.header(headers, ImageHeaders.ID), source),
        Fields.model(Fields.header(headers, ImageHeaders.MODEL)),
        Fields.domain(domain),
        Fields.label(Fields.header(headers, ImageHeaders.LABEL)),
        Fields.time(Fields.header(headers, ImageHeaders.TIME), source.time()),
        value);
  }
}
