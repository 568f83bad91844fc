package dev.headwater.cli.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes untrusted text safe for a terminal: short, and without control characters. */
public final class SafeText {
  private static final String ELLIPSIS = "…";

  /** A character of UTF-8 takes at most as many bytes. */
  private static final int WIDEST = 4;

  /** Control and formatting characters, lone surrogates, and what ends a line. */
  private static final Pattern HARMFUL = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

  private SafeText() {}

  /** Reads UTF-8, at most {@code longest} characters of it; whatever is none becomes U+FFFD. */
  public static String decoded(byte[] utf8, int longest) {
    int enough = Math.min(utf8.length, WIDEST * (longest + 1));
    return shortened(new String(Arrays.copyOf(utf8, enough), UTF_8), longest);
  }

  /** The first {@code longest} characters, and an ellipsis if there are more. */
  public static String shortened(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    boolean splits = Character.isHighSurrogate(text.charAt(longest - 1));
    return text.substring(0, splits ? longest - 1 : longest) + ELLIPSIS;
  }

  /** Puts a question mark for each character that could harm a terminal. */
  public static String printable(String text) {
    return HARMFUL.matcher(text).replaceAll("?");
  }

  /** Writes those characters of a JSON text as escapes, which mean the same. */
  public static String printableJson(String json) {
    return HARMFUL
        .matcher(json)
        .replaceAll(found -> Matcher.quoteReplacement(escaped(found.group())));
  }

  private static String escaped(String character) {
    var escape = new StringBuilder();
    character.chars().forEach(unit -> escape.append("\\u%04x".formatted(unit)));
    return escape.toString();
  }
}
