package dev.headwater.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * The secret that a caller of the HTTP interface shows; only its digest is held, so that nothing
 * can print it.
 */
public final class ApiToken {
  /** What HTTP lets a bearer token consist of (RFC 6750, section 2.1). */
  private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

  private static final int SHORTEST = 16;
  private static final int RANDOM_BYTES = 32;

  private final byte[] digest;

  private ApiToken(byte[] digest) {
    this.digest = digest;
  }

  /**
   * Takes a token that somebody chose.
   *
   * @param origin where it was found, for the message
   * @throws IllegalArgumentException if it is too short or cannot be sent; the message does not
   *     repeat it
   */
  static ApiToken of(String text, String origin) {
    if (text.length() < SHORTEST) {
      throw new IllegalArgumentException(
          "%s has %d characters, expected at least %d: openssl rand -hex 32 makes a good one"
              .formatted(origin, text.length(), SHORTEST));
    }
    if (!LEGAL.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "%s has characters that HTTP does not let a token have: letters, digits and . _ ~ + / -"
                  .formatted(origin)
              + " are allowed, and = at its end");
    }
    return new ApiToken(sha256(text));
  }

  /** Draws the text of a new token: 256 bits, safe in URLs and in shells. */
  static String draw() {
    var bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Tells whether a caller knows the token, in a time that does not say how much of it. */
  boolean matches(String presented) {
    return MessageDigest.isEqual(digest, sha256(presented));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "ApiToken[hidden]";
  }
}
