package dev.headwater.event;

import static dev.headwater.event.ErrorCode.EVENT_FIELD_INVALID;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudevents.SpecVersion;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Checks the fields that every form of an image or label event has. */
public final class Fields {
  private static final int LONGEST = 256;
  private static final int LONGEST_SENTENCE = 500;
  private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  private Fields() {}

  /** Returns a header's value; an empty one counts as none. */
  static Optional<String> header(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    if (header == null || header.value() == null || header.value().length == 0) {
      return Optional.empty();
    }
    return Optional.of(new String(header.value(), UTF_8));
  }

  static String id(Optional<String> id, RecordSource source) throws RejectedException {
    if (id.isPresent()) {
      return text("id", id.get());
    }
    if (source.key() != null && source.key().length > 0) {
      return text("record key", new String(source.key(), UTF_8));
    }
    return source.position();
  }

  /** Returns the model's name; {@code default} if there is none. */
  public static String model(Optional<String> model) throws RejectedException {
    String name = model.orElse(ImageEvent.DEFAULT_MODEL);
    if (!MODEL.matcher(name).matches()) {
      throw new RejectedException(
          EVENT_FIELD_INVALID,
          "model is '%s', expected at most 100 letters, digits, '.', '_' or '-', the first a letter or digit"
              .formatted(shorten(name)));
    }
    return name;
  }

  /** Returns the domain's name; {@code default} if there is none. */
  public static String domain(Optional<String> domain) throws RejectedException {
    return text("domain", domain.orElse(ImageEvent.DEFAULT_DOMAIN));
  }

  static Optional<String> label(Optional<String> label) throws RejectedException {
    return label.isPresent() ? Optional.of(label(label.get())) : label;
  }

  /** Returns a label that may be one; whether it is a class, the model knows. */
  public static String label(String label) throws RejectedException {
    return text("label", label);
  }

  /** Returns a command's id that may be one. */
  public static String commandId(String id) throws RejectedException {
    return text("command id", id);
  }

  /** Returns an image's id that may be one. */
  public static String imageId(String id) throws RejectedException {
    return text("image id", id);
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
              .formatted(shorten(text.get())),
          e);
    }
  }

  /** Refuses a CloudEvent in binary mode of another version of the specification. */
  static void requireVersion(Headers headers) throws RejectedException {
    var version = header(headers, ImageHeaders.SPEC_VERSION);
    if (version.isPresent() && !version.get().equals(SpecVersion.V1.toString())) {
      throw new RejectedException(
          EVENT_FIELD_INVALID,
          "header %s is '%s', expected '%s'"
              .formatted(ImageHeaders.SPEC_VERSION, shorten(version.get()), SpecVersion.V1));
    }
  }

  /** Refuses a CloudEvent of another type. */
  static void requireType(String type, String expected) throws RejectedException {
    if (!type.equals(expected)) {
      throw new RejectedException(
          EVENT_FIELD_INVALID,
          "the CloudEvent's type is '%s', expected '%s'".formatted(shorten(type), expected));
    }
  }

  private static String text(String what, String value) throws RejectedException {
    boolean printable = value.codePoints().noneMatch(Fields::isUnprintable);
    if (value.isBlank() || value.length() > LONGEST || !printable) {
      throw new RejectedException(
          EVENT_FIELD_INVALID,
          "%s is '%s' (%d characters), expected 1 to %d printable characters"
              .formatted(what, shorten(value), value.length(), LONGEST));
    }
    return value;
  }

  private static boolean isUnprintable(int codePoint) {
    boolean loneSurrogate = codePoint >= 0xD800 && codePoint <= 0xDFFF;
    return Character.isISOControl(codePoint) || codePoint == 0xFFFD || loneSurrogate;
  }

  /** Returns what can be quoted in a message: at most 40 characters, none that moves a cursor. */
  static String shorten(String value) {
    return shorten(value, 40);
  }

  /** Returns a sentence with untrusted text as it can be published: bounded, printable. */
  public static String sentence(String text) {
    return text.codePoints()
        .limit(LONGEST_SENTENCE)
        .map(codePoint -> isUnprintable(codePoint) ? '?' : codePoint)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** Returns what another library says, as it can stand in a message of ours. */
  static String quotable(String message) {
    return message == null ? "no reason given" : shorten(message, 160);
  }

  private static String shorten(String value, int longest) {
    String start = value.length() <= longest ? value : value.substring(0, longest) + "…";
    return start.replaceAll("\\p{Cntrl}", "?");
  }
}
