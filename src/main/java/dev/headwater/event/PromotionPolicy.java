package dev.headwater.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** When a new version of a head is put into service. */
public enum PromotionPolicy {
  /** At once. */
  CONTINUOUS,
  /** Once it has proved not to be worse than the one in service. */
  GATED,
  /** When somebody says so. */
  MANUAL;

  /** The name on the wire, such as {@code gated}. */
  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a name.
   *
   * @throws IllegalArgumentException if it is none
   */
  @JsonCreator
  public static PromotionPolicy parse(String text) {
    return Arrays.stream(values())
        .filter(policy -> policy.wireName().equals(text.strip().toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "policy '%s', expected continuous, gated or manual"
                        .formatted(Fields.shorten(text))));
  }
}
