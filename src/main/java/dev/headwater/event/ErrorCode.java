package dev.headwater.event;

/** Why a record became a dead letter: the closed list of {@code error.code}. */
public enum ErrorCode {
  /** The record has no value. Remedy: send the image as the value. */
  EVENT_EMPTY,
  /** The record is neither valid JSON nor a valid CloudEvent, or a field has the wrong type. */
  EVENT_MALFORMED,
  /** The event has no image data. Remedy: put the base64 bytes into {@code image}. */
  EVENT_WITHOUT_IMAGE,
  /** Neither the event nor the record's key gives an image id. */
  EVENT_WITHOUT_ID,
  /** An id, model, domain or label is longer than allowed or has control characters. */
  EVENT_FIELD_INVALID,
  /** The file has more bytes than allowed. */
  IMAGE_TOO_MANY_BYTES,
  /** Width times height, as the file's header states them, is more than allowed. */
  IMAGE_TOO_MANY_PIXELS,
  /** The bytes are not a JPEG, PNG, BMP, GIF or WebP file. */
  IMAGE_FORMAT_UNKNOWN,
  /** The file ends before its image does. */
  IMAGE_TRUNCATED,
  /** The file breaks the rules of its own format. */
  IMAGE_CORRUPT,
  /** The model is not configured. */
  MODEL_UNKNOWN,
  /** The label is neither a class name of the model nor 1, 0, true or false. */
  LABEL_UNKNOWN
}
