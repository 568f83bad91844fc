package dev.headwater.event;

import static dev.headwater.event.ErrorCode.EVENT_MALFORMED;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.cloudevents.CloudEvent;
import io.cloudevents.SpecVersion;
import io.cloudevents.jackson.JsonFormat;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;

/**
 * Reads untrusted JSON: bounded in size, depth and tokens, and refused where keys are duplicated.
 */
final class EventJson {
  static final String CLOUD_EVENT = "application/cloudevents+json";

  private static final String CLOUD_EVENT_BATCH = "application/cloudevents-batch";
  private static final String JSON = "application/json";

  /** A 16 MiB file in base64 is 22.4 million characters. */
  private static final int LONGEST_STRING = 32 << 20;

  private static final int DEEPEST = 16;

  /** An event has some twenty: millions of small values would become a tree of a gigabyte. */
  private static final int MOST_TOKENS = 10_000;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxStringLength(LONGEST_STRING)
                          .maxNestingDepth(DEEPEST)
                          .maxTokenCount(MOST_TOKENS)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .addModule(JsonFormat.getCloudEventJacksonModule())
          .build();

  private EventJson() {}

  /** Whether a record says of itself that it is JSON, or looks like a JSON object. */
  static boolean isJson(byte[] value, Headers headers) {
    if (hasContentType(headers, JSON) || hasContentType(headers, CLOUD_EVENT)) {
      return true;
    }
    int at = 0;
    while (at < value.length && value[at] <= ' ' && value[at] >= 0) {
      at++;
    }
    return at < value.length && value[at] == '{';
  }

  /** Whether a record has a CloudEvent's attributes in its headers, and its data as the value. */
  static boolean isBinaryMode(Headers headers) {
    return !hasContentType(headers, CLOUD_EVENT)
        && (Fields.header(headers, ImageHeaders.ID).isPresent()
            || Fields.header(headers, ImageHeaders.SPEC_VERSION).isPresent());
  }

  /** Whether JSON is a CloudEvent in structured mode: it, or its record, says so. */
  static boolean isStructured(JsonNode event, Headers headers) {
    return hasContentType(headers, CLOUD_EVENT)
        || (event.has("specversion") && !isBinaryMode(headers));
  }

  private static boolean hasContentType(Headers headers, String type) {
    return Fields.header(headers, ImageHeaders.CONTENT_TYPE)
        .filter(found -> found.strip().toLowerCase(Locale.ROOT).startsWith(type))
        .isPresent();
  }

  /**
   * Returns the object in a record's value.
   *
   * @throws RejectedException if there is none
   */
  static JsonNode object(byte[] value, RecordSource source) throws RejectedException {
    if (hasContentType(source.headers(), CLOUD_EVENT_BATCH)) {
      throw new RejectedException(
          EVENT_MALFORMED,
          "record %s is a batch of CloudEvents, expected one event a record"
              .formatted(source.position()));
    }
    try {
      JsonNode event = MAPPER.readTree(value);
      if (event == null || !event.isObject()) {
        throw new RejectedException(
            EVENT_MALFORMED,
            "record %s is not a JSON object, expected one".formatted(source.position()));
      }
      return event;
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      throw new RejectedException(
          EVENT_MALFORMED,
          "record %s is not valid JSON at line %d, column %d"
              .formatted(
                  source.position(),
                  at == null ? 1 : at.getLineNr(),
                  at == null ? 1 : at.getColumnNr()),
          e);
    } catch (IOException e) {
      throw new RejectedException(EVENT_MALFORMED, "record is not readable as JSON", e);
    }
  }

  /**
   * Returns the CloudEvent that a JSON object is in structured mode.
   *
   * @throws RejectedException if it is none: an attribute is missing or of another kind
   */
  static CloudEvent cloudEvent(JsonNode event, RecordSource source) throws RejectedException {
    CloudEvent read;
    try {
      read = MAPPER.treeToValue(event, CloudEvent.class);
    } catch (JsonProcessingException e) {
      throw noCloudEvent(source, e.getOriginalMessage(), e);
    } catch (RuntimeException e) {
      // The SDK fails on attributes of an unexpected kind in any way it likes.
      throw noCloudEvent(source, e.getMessage(), e);
    }
    if (read.getSpecVersion() != SpecVersion.V1) {
      throw noCloudEvent(
          source, "specversion is %s, expected 1.0".formatted(read.getSpecVersion()), null);
    }
    return read;
  }

  private static RejectedException noCloudEvent(RecordSource source, String why, Exception cause) {
    return new RejectedException(
        EVENT_MALFORMED,
        "record %s is no CloudEvent in structured mode: %s"
            .formatted(source.position(), Fields.quotable(why)),
        cause);
  }

  /** Returns a field's text; empty if the field is missing or null. */
  static Optional<String> text(JsonNode event, String name) throws RejectedException {
    JsonNode field = event.path(name);
    if (field.isMissingNode() || field.isNull()) {
      return Optional.empty();
    }
    if (!field.isTextual()) {
      throw new RejectedException(
          EVENT_MALFORMED,
          "field '%s' is a JSON %s, expected a string"
              .formatted(name, field.getNodeType().toString().toLowerCase(Locale.ROOT)));
    }
    return Optional.of(field.textValue());
  }

  /** Returns a field's text, or its number as text; empty if the field is missing or null. */
  static Optional<String> textOrNumber(JsonNode event, String name) throws RejectedException {
    JsonNode field = event.path(name);
    return field.isNumber() ? Optional.of(field.asText()) : text(event, name);
  }

  /** Returns a label, which may be written as a number or a truth value too. */
  static Optional<String> label(JsonNode event) throws RejectedException {
    JsonNode label = event.path("label");
    return label.isBoolean() || label.isIntegralNumber()
        ? Optional.of(label.asText())
        : text(event, "label");
  }
}
