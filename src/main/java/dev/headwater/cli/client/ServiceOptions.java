package dev.headwater.cli.client;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options by which a command finds the service's HTTP address, and the token for it. */
public final class ServiceOptions {
  @Option(
      names = "--url",
      paramLabel = "URL",
      converter = HttpAddress.class,
      description = {
        "URL of the service. Environment: HEADWATER_URL.",
        "Default: ${DEFAULT-VALUE}"
      },
      defaultValue = "${env:HEADWATER_URL:-http://localhost:8080}")
  private URI url;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = {
        "File with the service's API token; sent when the service asks for it, and with every"
            + " change.",
        "Default: HEADWATER_HTTP_TOKEN, else api-token in the data directory, on loopback only."
      })
  private Path tokenFile;

  /** The service's address, without a slash at its end. */
  public URI url() {
    return url;
  }

  /** A client of that service, which finds the token when it is asked for. */
  public ModelsClient client(Console console) {
    return new ModelsClient(http(console));
  }

  /** The same for the versions of its models. */
  public VersionsClient versions(Console console) {
    return new VersionsClient(http(console));
  }

  private ServiceHttp http(Console console) {
    return new ServiceHttp(url, this::token, console);
  }

  private Optional<ServiceToken> token() {
    var environment = Optional.ofNullable(System.getenv(ServiceToken.VARIABLE));
    return ServiceToken.find(
        url,
        Optional.ofNullable(tokenFile),
        environment.filter(text -> !text.isBlank()),
        ServiceSettings.usualData());
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
