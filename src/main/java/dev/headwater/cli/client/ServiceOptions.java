package dev.headwater.cli.client;

import java.net.URI;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The option by which a command finds the service's HTTP address. */
public final class ServiceOptions {
  @Option(
      names = "--url",
      paramLabel = "URL",
      converter = HttpAddress.class,
      description = {
        "Where the service answers. Environment: HEADWATER_URL.",
        "Default: ${DEFAULT-VALUE}"
      },
      defaultValue = "${env:HEADWATER_URL:-http://localhost:8080}")
  private URI url;

  /** The service's address, without a slash at its end. */
  public URI url() {
    return url;
  }

  /** Takes http and https addresses only. */
  static final class HttpAddress implements ITypeConverter<URI> {
    @Override
    public URI convert(String text) {
      URI uri = parse(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (!http || uri.getHost() == null) {
        throw refusal(text);
      }
      return uri;
    }

    private static URI parse(String text) {
      try {
        return URI.create(text);
      } catch (IllegalArgumentException e) {
        throw refusal(text);
      }
    }

    private static TypeConversionException refusal(String text) {
      return new TypeConversionException(
          "expected an address like http://localhost:8080, found '" + text + "'");
    }
  }
}
