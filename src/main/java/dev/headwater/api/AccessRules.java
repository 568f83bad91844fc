package dev.headwater.api;

import dev.headwater.app.AccessSettings.Part;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Decides which requests need no token: reads of the parts that are configured as open, or from
 * loopback; never a request that changes something.
 *
 * @param open what may be read from anywhere
 * @param openOnLoopback whether everything may be read by processes of this machine
 */
record AccessRules(Set<Part> open, boolean openOnLoopback) {
  private static final Set<String> READING_METHODS = Set.of("GET", "HEAD", "OPTIONS");
  private static final Pattern LOOPBACK_NAME =
      Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[?::1]?");
  private static final String HEALTH = "/q/health";
  private static final String METRICS = "/q/metrics";

  /**
   * What the rules look at.
   *
   * @param path normalised: without dots and double slashes
   * @param host the name that the caller used for this server, without port
   * @param forwarded whether a proxy says that it stands between
   */
  record Call(String method, String path, Optional<String> host, boolean forwarded) {}

  static boolean changes(String method) {
    return !READING_METHODS.contains(method);
  }

  boolean needsNoToken(Call call) {
    return !changes(call.method()) && (open.contains(part(call.path())) || isLocal(call));
  }

  /**
   * A page from elsewhere can have its own name resolve to loopback, and its script would be of the
   * same origin then: hence the name. A request through a proxy is not local either.
   */
  private boolean isLocal(Call call) {
    return openOnLoopback
        && !call.forwarded()
        && call.host().map(AccessRules::isLoopbackName).orElse(false);
  }

  private static boolean isLoopbackName(String host) {
    return LOOPBACK_NAME.matcher(host.toLowerCase(Locale.ROOT)).matches();
  }

  private static Part part(String path) {
    if (path.equals(HEALTH) || path.startsWith(HEALTH + "/")) {
      return Part.HEALTH;
    }
    return path.equals(METRICS) ? Part.METRICS : Part.READING;
  }
}
