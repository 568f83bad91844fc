package dev.headwater.app;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Who may ask what over HTTP, as configured.
 *
 * @param token what callers show; empty for one that is made and kept in the data directory
 * @param open what may be read without a token from anywhere
 * @param openOnLoopback whether everything may be read without one on loopback
 * @param role what a caller known by OIDC must be, in order to change something
 */
public record AccessSettings(
    Optional<ApiToken> token, Set<Part> open, boolean openOnLoopback, String role) {
  /** What can be opened by itself. */
  public enum Part {
    /** {@code /q/health} and below: the probes. */
    HEALTH,
    /** {@code /q/metrics}. */
    METRICS,
    /** All other answers to reading calls: the models, and the description of the interface. */
    READING
  }

  /** Copies the set. */
  public AccessSettings {
    open = Set.copyOf(open);
  }

  /**
   * Reads the configuration.
   *
   * @throws IllegalArgumentException with a sentence that does not repeat the token
   */
  static AccessSettings of(HeadwaterConfig.Http config) {
    var open = EnumSet.noneOf(Part.class);
    config.open().orElse(List.of()).forEach(word -> open.add(part(word)));
    if (config.role().isBlank()) {
      throw new IllegalArgumentException(
          "headwater.http.role is empty, expected the role of OIDC callers that may change things");
    }
    return new AccessSettings(
        config.token().map(text -> ApiToken.of(text, "headwater.http.token")),
        open,
        config.openOnLoopback(),
        config.role());
  }

  private static Part part(String word) {
    for (Part part : Part.values()) {
      if (part.name().toLowerCase(Locale.ROOT).equals(word.strip())) {
        return part;
      }
    }
    throw new IllegalArgumentException(
        "headwater.http.open names '%s', expected words out of health, metrics, reading"
            .formatted(word.strip()));
  }
}
