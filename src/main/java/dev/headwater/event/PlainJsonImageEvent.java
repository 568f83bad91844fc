package dev.headwater.event;

import static dev.headwater.event.ErrorCode.EVENT_MALFORMED;
import static dev.headwater.event.ErrorCode.EVENT_WITHOUT_IMAGE;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Base64;
import java.util.Optional;

/** Reads an image event from plain JSON, as in {@code schemas/image-event.v1.schema.json}. */
final class PlainJsonImageEvent {
  private PlainJsonImageEvent() {}

  static ImageEvent read(JsonNode event, RecordSource source) throws RejectedException {
    byte[] image = image(event);
    return new ImageEvent(
        Fields.id(EventJson.text(event, "id"), source),
        Fields.model(EventJson.text(event, "model")),
        Fields.domain(EventJson.text(event, "domain").or(() -> source(event))),
        Fields.label(EventJson.label(event)),
        Fields.time(EventJson.text(event, "time"), source.time()),
        image);
  }

  private static byte[] image(JsonNode event) throws RejectedException {
    String base64 =
        EventJson.text(event, "image")
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

  private static Optional<String> source(JsonNode event) {
    return Optional.ofNullable(event.path("source").textValue());
  }
}
