package dev.headwater.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Knows the token of the HTTP interface, and what may be read without it. */
@ApplicationScoped
public class ApiAccess {
  private final AccessSettings settings;
  private final String address;
  private final boolean oidc;
  private final boolean boundToLoopback;
  private volatile ApiToken token;
  private volatile String place = "headwater.http.token";

  @Inject
  ApiAccess(
      HeadwaterConfig config,
      @ConfigProperty(name = "quarkus.http.host") String address,
      @ConfigProperty(name = "quarkus.oidc.tenant-enabled") boolean oidc) {
    settings = AccessSettings.of(config.http());
    this.address = address;
    this.oidc = oidc;
    boundToLoopback = isLoopback(address);
    token = settings.token().orElse(null);
  }

  /** Tells whether an address is loopback, whatever it resolves to. */
  private static boolean isLoopback(String address) {
    try {
      return Arrays.stream(InetAddress.getAllByName(address))
          .allMatch(InetAddress::isLoopbackAddress);
    } catch (UnknownHostException unknown) {
      // Nobody can listen there either, which is told by whoever tries.
      return false;
    }
  }

  /** Takes the token of a data directory, unless one is configured. Until then none is right. */
  void keepTokenIn(Path directory) {
    if (settings.token().isEmpty()) {
      token = ApiTokenFile.in(directory);
      place = directory.resolve(ApiTokenFile.NAME).toString();
    }
  }

  /** The rules as configured. */
  public AccessSettings settings() {
    return settings;
  }

  /** Whether only processes of this machine can connect, and may read without a token. */
  public boolean isOpenOnLoopback() {
    return boundToLoopback && settings.openOnLoopback();
  }

  /** Whether callers may show an OIDC token instead of the service's own. */
  public boolean hasOidc() {
    return oidc;
  }

  /** Whether a caller knows the token. */
  public boolean accepts(String presented) {
    var known = token;
    return known != null && known.matches(presented);
  }

  /** Says in a sentence what is open, and where the token is; never the token. */
  public String summary() {
    String open =
        settings.open().stream()
            .sorted()
            .map(part -> part.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    String first =
        isOpenOnLoopback()
            ? "reading is open on loopback"
            : "on %s %s is open".formatted(address, open.isEmpty() ? "nothing" : open);
    return "HTTP: %s, the rest needs the token in %s%s"
        .formatted(first, place, oidc ? " or one of OIDC" : "");
  }
}
