package dev.headwater.event;

/** Why a record became a dead letter: the closed list of {@code error.code}. */
public enum ErrorCode {
  /** The record has no value. Remedy: send the image as the value. */
  EVENT_EMPTY,
  /** The value is not valid JSON, or a field has the wrong type. Remedy: see the schema. */
  EVENT_MALFORMED,
  /** The event has no image data. Remedy: put the file's bytes, in base64, into {@code image}. */
  EVENT_WITHOUT_IMAGE,
  /** An id, model, domain or label is too long or has characters that are not allowed. */
  EVENT_FIELD_INVALID,
  /** The file has more bytes than allowed. Remedy: scale it down or raise the limit. */
  IMAGE_TOO_MANY_BYTES,
  /** Its header states more pixels than allowed. Remedy: scale it down or raise the limit. */
  IMAGE_TOO_MANY_PIXELS,
  /** The bytes are not a JPEG, PNG, BMP, GIF or WebP file. Remedy: convert it. */
  IMAGE_FORMAT_UNKNOWN,
  /** The file ends before its image does. Remedy: send it whole. */
  IMAGE_TRUNCATED,
  /** The file breaks the rules of its own format. Remedy: write it anew. */
  IMAGE_CORRUPT,
  /** The model is not configured, and may not be created. Remedy: configure it. */
  MODEL_UNKNOWN,
  /** One model more would be over the limit. Remedy: raise the limit or use a known model. */
  MODEL_LIMIT,
  /** The label is neither a class name of the model nor 1, 0, true or false. */
  LABEL_UNKNOWN,
  /** The model's head was trained on another backbone. Remedy: start with that one's weights. */
  BACKBONE_MISMATCH
}
