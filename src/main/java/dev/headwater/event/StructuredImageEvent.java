package dev.headwater.event;

import static dev.headwater.event.ErrorCode.EVENT_WITHOUT_IMAGE;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.data.BytesCloudEventData;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * Reads an image event from a CloudEvent in structured mode: the file in {@code data_base64}, as in
 * {@code schemas/image-cloudevent.v1.schema.json}.
 */
final class StructuredImageEvent {
  private StructuredImageEvent() {}

  static ImageEvent read(CloudEvent event, RecordSource source) throws RejectedException {
    Fields.requireType(event.getType(), ImageHeaders.IMAGE_TYPE);
    var domain =
        extension(event, "domain").or(() -> Optional.of(event.getAttribute("source").toString()));
    return new ImageEvent(
        Fields.id(Optional.of(event.getId()), source),
        Fields.model(extension(event, "model")),
        Fields.domain(domain),
        Fields.label(extension(event, "label")),
        Optional.ofNullable(event.getTime()).map(OffsetDateTime::toInstant).orElse(source.time()),
        image(event));
  }

  private static Optional<String> extension(CloudEvent event, String name) {
    return Optional.ofNullable(event.getExtension(name)).map(Object::toString);
  }

  private static byte[] image(CloudEvent event) throws RejectedException {
    if (event.getData() instanceof BytesCloudEventData data && data.toBytes().length > 0) {
      return data.toBytes();
    }
    throw new RejectedException(
        EVENT_WITHOUT_IMAGE,
        "CloudEvent %s has no 'data_base64', expected the file's bytes in base64"
            .formatted(Fields.shorten(event.getId())));
  }
}
