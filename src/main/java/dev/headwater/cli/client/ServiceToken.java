package dev.headwater.cli.client;

import dev.headwater.app.ApiTokenFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The API token to show to a service that asks for one.
 *
 * @param text what is shown
 * @param origin where it was found, for messages; the token itself is in none
 */
public record ServiceToken(String text, String origin) {
  /** Where a service of this machine finds its token, unless it made one itself. */
  static final String VARIABLE = "HEADWATER_HTTP_TOKEN";

  /** What a header can carry: the client would name the whole value when it refuses others. */
  private static final Pattern SENDABLE = Pattern.compile("[!-~]+");

  private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d+){3}|\\[?::1]?");

  /**
   * Checks that it can be sent.
   *
   * @throws CommandFailedException if it cannot; the message does not repeat it
   */
  public ServiceToken {
    if (!SENDABLE.matcher(text).matches()) {
      throw new CommandFailedException(
          "%s holds no token: expected one line of letters, digits and signs, found %d characters"
              .formatted(origin, text.length()));
    }
  }

  /**
   * Finds the token for a service: the one that was given, else that of the data directory, which
   * is for a service of this machine and is shown to no other.
   *
   * @param file given by option
   * @param variable given by environment
   * @param data the data directory of a service on this machine
   * @throws CommandFailedException if the given file cannot be read
   */
  static Optional<ServiceToken> find(
      URI service, Optional<Path> file, Optional<String> variable, Path data) {
    if (file.isPresent()) {
      return file.map(ServiceToken::read);
    }
    if (variable.isPresent()) {
      return variable.map(text -> new ServiceToken(text.strip(), VARIABLE));
    }
    Path made = data.resolve(ApiTokenFile.NAME);
    return isOnLoopback(service) && Files.isReadable(made)
        ? Optional.of(read(made))
        : Optional.empty();
  }

  private static ServiceToken read(Path file) {
    try {
      return new ServiceToken(Files.readString(file).strip(), file.toString());
    } catch (IOException e) {
      throw new CommandFailedException("cannot read a token from %s: %s".formatted(file, e), e);
    }
  }

  static boolean isOnLoopback(URI service) {
    return LOOPBACK.matcher(service.getHost()).matches();
  }

  /** Whether others can read it on its way: neither TLS nor loopback. */
  boolean isSentUnencrypted(URI service) {
    return !"https".equals(service.getScheme()) && !isOnLoopback(service);
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "ServiceToken[" + origin + "]";
  }
}
