package dev.headwater.event;

import static dev.headwater.event.ErrorCode.EVENT_FIELD_INVALID;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Checks the fields that every form of an image event has. */
public final class Fields {
  private static final int LONGEST = 256;
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

  static String id(Optional<String> id, ImageEventReader.Source source) throws RejectedException {
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
    return label.isPresent() ? Optional.of(text("label", label.get())) : label;
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
    String start = value.length() <= 40 ? value : value.substring(0, 40) + "…";
    return start.replaceAll("\\p{Cntrl}", "?");
  }
}
