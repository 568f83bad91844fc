package dev.headwater.event;

import static dev.headwater.event.ErrorCode.EVENT_MALFORMED;
import static dev.headwater.event.ErrorCode.EVENT_WITHOUT_IMAGE;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;

/** Reads an image event from plain JSON, as in {@code schemas/image-event.v1.schema.json}. */
final class PlainJsonImageEvent {
  /** A 16 MiB file in base64 is 22.4 million characters. */
  private static final int LONGEST_STRING = 32 << 20;

  private static final int DEEPEST = 16;

  /** An event has some twenty: millions of small values would become a tree of a gigabyte. */
  private static final int MOST_TOKENS = 10_000;

  private final ObjectMapper mapper =
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
          .build();

  ImageEvent read(byte[] value, ImageEventReader.Source source) throws RejectedException {
    JsonNode event = parse(value, source);
    byte[] image = image(event);
    return new ImageEvent(
        Fields.id(text(event, "id"), source),
        Fields.model(text(event, "model")),
        Fields.domain(text(event, "domain").or(() -> source(event))),
        Fields.label(label(event)),
        ImageEventReader.time(text(event, "time"), source.time()),
        image);
  }

  private JsonNode parse(byte[] value, ImageEventReader.Source source) throws RejectedException {
    try {
      JsonNode event = mapper.readTree(value);
      if (event == null || !event.isObject()) {
        throw new RejectedException(
            EVENT_MALFORMED,
            "record %s is not a JSON object, expected one as in image-event.v1.schema.json"
                .formatted(source.position()));
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

  private static byte[] image(JsonNode event) throws RejectedException {
    String base64 =
        text(event, "image")
            .filter(text -> !text.isBlank())
            .orElseThrow(
                () ->
                    new RejectedException(
                        EVENT_WITHOUT_IMAGE,
                        "the event has no field 'image', expected the file's bytes in base64"));
    try {
      return Base64.getDecoder().decode(withoutWhitespace(base64));
    } catch (IllegalArgumentException e) {
      throw new RejectedException(
          EVENT_MALFORMED, "field 'image' is not base64: " + e.getMessage(), e);
    }
  }

  /** Joins lines, and nothing else: MIME's decoder passes over any character it does not know. */
  private static String withoutWhitespace(String base64) {
    if (base64.chars().noneMatch(Character::isWhitespace)) {
      return base64;
    }
    var bare = new StringBuilder(base64.length());
    base64.chars().filter(c -> !Character.isWhitespace(c)).forEach(c -> bare.append((char) c));
    return bare.toString();
  }

  private static Optional<String> label(JsonNode event) throws RejectedException {
    JsonNode label = event.path("label");
    return label.isBoolean() || label.isIntegralNumber()
        ? Optional.of(label.asText())
        : text(event, "label");
  }

  private static Optional<String> source(JsonNode event) {
    return Optional.ofNullable(event.path("source").textValue());
  }

  private static Optional<String> text(JsonNode event, String name) throws RejectedException {
    JsonNode field = event.path(name);
    if (field.isMissingNode() || field.isNull()) {
      return Optional.empty();
    }
    if (!field.isTextual()) {
      throw new RejectedException(
          EVENT_MALFORMED,
          "field '%s' is a JSON %s, expected a string"
              .formatted(name, field.getNodeType().toString().toLowerCase(java.util.Locale.ROOT)));
    }
    return Optional.of(field.textValue());
  }
}
