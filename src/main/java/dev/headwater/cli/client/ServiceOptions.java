package dev.headwater.cli.client;

import java.net.URI;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option by which a command finds the service's HTTP address. */
public final class ServiceOptions {
  @Option(
      names = "--url",
      paramLabel = "URL",
      description = {
        "Where the service answers. Environment: HEADWATER_URL.",
        "Default: ${DEFAULT-VALUE}"
      },
      defaultValue = "${env:HEADWATER_URL:-http://localhost:8080}")
  private String url;

  /**
   * The service's address.
   *
   * @throws CommandFailedException if it is not an http or https address
   */
  public URI url() {
    return parse(url)
        .orElseThrow(
            () ->
                new CommandFailedException(
                    "--url must look like http://localhost:8080, found \"%s\"".formatted(url)));
  }

  private static Optional<URI> parse(String text) {
    try {
      var uri = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      return http && uri.getHost() != null ? Optional.of(uri) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
