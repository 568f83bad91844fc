package dev.headwater.event;

/**
 * Why a record became a dead letter: the closed list of {@code error.code}, each with what it means
 * and what a person can do about it. {@code docs/contracts.md} has the same list.
 */
public enum ErrorCode {
  EVENT_EMPTY("the record has no value", "send the image, or the label, as the value"),
  EVENT_MALFORMED(
      "not valid JSON or no valid CloudEvent, or a field of the wrong type; or bytes on an internal topic that this build did not write",
      "compare with the schema; let nothing else write internal topics"),
  EVENT_WITHOUT_IMAGE(
      "the event has no image data",
      "put the file's bytes, in base64, into `image` (plain JSON) or `data_base64` (CloudEvents)"),
  EVENT_WITHOUT_LABEL("the label event has no label", "put the class into `label`"),
  EVENT_FIELD_INVALID(
      "an id, model, domain, label, time or type is missing, too long, has characters that are not allowed, or is of another kind",
      "the message names the field and what it may be"),
  IMAGE_TOO_MANY_BYTES(
      "the file is larger than allowed", "scale it down, or raise `headwater.image.max-bytes`"),
  IMAGE_TOO_MANY_PIXELS(
      "its header states more pixels than allowed, or a side over 65 535, or a JPEG passes over its pixels too often",
      "scale it down, save it as baseline, or raise `headwater.image.max-pixels`"),
  IMAGE_FORMAT_UNKNOWN("not a JPEG, PNG, BMP, GIF or WebP file", "convert it"),
  IMAGE_TRUNCATED("the file ends before its image does", "send it whole"),
  IMAGE_CORRUPT("the file breaks the rules of its own format", "write it anew"),
  ID_REUSED(
      "the id was seen before, with other bytes or for another model",
      "give each image an id of its own; send the same image to another model under another id"),
  MODEL_UNKNOWN(
      "the model is not configured, and may not be created",
      "configure it, or `headwater.models.auto-create=true`"),
  MODEL_LIMIT(
      "one model more would wait for its first head than the limit allows",
      "raise `headwater.models.limit`, or use a known model"),
  LABEL_UNKNOWN(
      "neither a class name of the model nor 1, 0, true or false",
      "`headwater.model.<name>.classes`, or another label"),
  LABEL_WITHOUT_IMAGE(
      "no image of that id came within the retention",
      "check the id; label sooner, or raise `headwater.labels.retention`"),
  BACKBONE_MISMATCH(
      "the model's head was trained on another backbone",
      "start with that one's weights, or use a new model name");

  private final String meaning;
  private final String remedy;

  ErrorCode(String meaning, String remedy) {
    this.meaning = meaning;
    this.remedy = remedy;
  }

  /** What was found, as half a sentence. */
  public String meaning() {
    return meaning;
  }

  /** What a person can do, as half a sentence. */
  public String remedy() {
    return remedy;
  }
}
