package dev.headwater.event;

import static dev.headwater.event.ErrorCode.EVENT_EMPTY;
import static dev.headwater.event.ErrorCode.EVENT_FIELD_INVALID;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;

/**
 * Reads image events from Kafka records: CloudEvents 1.0 in binary mode, plain JSON, or bare image
 * bytes.
 *
 * <p>An event without an id takes the record's key, and without that the record's position, so that
 * a file piped into a console producer is an event too.
 */
public final class ImageEventReader {
  /**
   * One record as it came.
   *
   * @param position what to call an event that has neither id nor key
   * @param time the record's timestamp, for an event that has none
   */
  public record Source(byte[] key, Headers headers, String position, Instant time) {}

  private final PlainJsonImageEvent plainJson = new PlainJsonImageEvent();

  /**
   * Returns the event in a record.
   *
   * @throws RejectedException if there is none
   */
  public ImageEvent read(byte[] value, Source source) throws RejectedException {
    if (value == null || value.length == 0) {
      throw new RejectedException(
          EVENT_EMPTY, "record %s has no value, expected an image".formatted(source.position()));
    }
    var headers = source.headers();
    boolean cloudEvent =
        Fields.header(headers, ImageHeaders.ID).isPresent()
            || Fields.header(headers, ImageHeaders.SPEC_VERSION).isPresent();
    if (!cloudEvent && looksLikeJson(value, headers)) {
      return plainJson.read(value, source);
    }
    return binary(value, source);
  }

  private static boolean looksLikeJson(byte[] value, Headers headers) {
    if (Fields.header(headers, ImageHeaders.CONTENT_TYPE)
        .filter(type -> type.startsWith("application/json"))
        .isPresent()) {
      return true;
    }
    int at = 0;
    while (at < value.length && value[at] <= ' ' && value[at] >= 0) {
      at++;
    }
    return at < value.length && value[at] == '{';
  }

  private static ImageEvent binary(byte[] value, Source source) throws RejectedException {
    var headers = source.headers();
    Optional<String> type = Fields.header(headers, ImageHeaders.TYPE);
    if (type.isPresent() && !type.get().equals(ImageHeaders.IMAGE_TYPE)) {
      throw new RejectedException(
          EVENT_FIELD_INVALID,
          "header %s is '%s', expected '%s'"
              .formatted(ImageHeaders.TYPE, Fields.shorten(type.get()), ImageHeaders.IMAGE_TYPE));
    }
    var domain =
        Fields.header(headers, ImageHeaders.DOMAIN)
            .or(() -> Fields.header(headers, ImageHeaders.SOURCE));
    return new ImageEvent(
        Fields.id(Fields.header(headers, ImageHeaders.ID), source),
        Fields.model(Fields.header(headers, ImageHeaders.MODEL)),
        Fields.domain(domain),
        Fields.label(Fields.header(headers, ImageHeaders.LABEL)),
        time(Fields.header(headers, ImageHeaders.TIME), source.time()),
        value);
  }

  /** Reads an RFC 3339 time, or takes the record's. */
  static Instant time(Optional<String> text, Instant otherwise) throws RejectedException {
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      return OffsetDateTime.parse(text.get()).toInstant();
    } catch (DateTimeException e) {
      throw new RejectedException(
          EVENT_FIELD_INVALID,
          "time is '%s', expected RFC 3339 such as 2026-01-31T12:00:00Z"
              .formatted(Fields.shorten(text.get())),
          e);
    }
  }
}
