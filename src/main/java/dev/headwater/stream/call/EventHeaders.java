package dev.headwater.stream.call;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.headwater.event.ImageHeaders;
import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The CloudEvents headers of records that come from HTTP callers. */
final class EventHeaders {
  static final String JSON = "application/json";
  static final String OCTETS = "application/octet-stream";

  private static final String SPEC_VERSION = "1.0";
  private static final String SOURCE = "/headwater/http";

  private EventHeaders() {}

  /** Returns the headers of a record that says everything else in its JSON value. */
  static Headers json() {
    var headers = new RecordHeaders();
    add(headers, ImageHeaders.CONTENT_TYPE, JSON);
    return headers;
  }

  static Headers of(String id, String type, String contentType, Instant time) {
    var headers = new RecordHeaders();
    add(headers, ImageHeaders.SPEC_VERSION, SPEC_VERSION);
    add(headers, ImageHeaders.ID, id);
    add(headers, ImageHeaders.SOURCE, SOURCE);
    add(headers, ImageHeaders.TYPE, type);
    add(headers, ImageHeaders.TIME, time.toString());
    add(headers, ImageHeaders.CONTENT_TYPE, contentType);
    return headers;
  }

  static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(UTF_8));
  }
}
