package dev.headwater.backbone;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where weights may come from.
 *
 * @param file the configured file; if present, nothing else is tried
 * @param cache directory in which fetched weights are kept
 * @param url Keras' published file
 * @param npm command that runs npm, such as {@code [npm]}
 * @param connectLimit longest time to reach the server of {@code url}
 * @param npmLimit longest time npm may take to fetch the 25 MB stand-in
 */
public record WeightsSettings(
    Optional<Path> file,
    Path cache,
    URI url,
    List<String> npm,
    Duration connectLimit,
    Duration npmLimit) {
  /** Name of the environment variable that names a weights file; {@code auto} is the default. */
  public static final String VARIABLE = "HEADWATER_WEIGHTS";

  private static final String AUTO = "auto";
  private static final URI KERAS =
      URI.create(
          "https://storage.googleapis.com/tensorflow/keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_224_no_top.h5");
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final Duration NPM_LIMIT = Duration.ofMinutes(5);

  public WeightsSettings {
    npm = List.copyOf(npm);
  }

  /**
   * Returns the settings that environment variables ask for: {@code HEADWATER_WEIGHTS} (a file, or
   * {@code auto}) and {@code XDG_CACHE_HOME} (default {@code ~/.cache}).
   *
   * @throws WeightsException if a variable does not hold a path
   */
  public static WeightsSettings of(Map<String, String> environment) {
    String home = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path cacheHome =
        home.isBlank() || !path("XDG_CACHE_HOME", home).isAbsolute()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : path("XDG_CACHE_HOME", home);
    return new WeightsSettings(
            Optional.empty(),
            cacheHome.resolve("headwater"),
            KERAS,
            List.of(windows() ? "npm.cmd" : "npm"),
            CONNECT_LIMIT,
            NPM_LIMIT)
        .withFile(environment.getOrDefault(VARIABLE, AUTO));
  }

  /** Returns these settings with a configured file, or without one for {@code auto} or nothing. */
  public WeightsSettings withFile(String fileOrAuto) {
    boolean automatic = fileOrAuto.isBlank() || fileOrAuto.equals(AUTO);
    Optional<Path> configured =
        automatic ? Optional.empty() : Optional.of(path(VARIABLE, fileOrAuto));
    return new WeightsSettings(configured, cache, url, npm, connectLimit, npmLimit);
  }

  private static Path path(String variable, String value) {
    try {
      return Path.of(value);
    } catch (InvalidPathException e) {
      throw new WeightsException(
          "%s is '%s', expected a path: %s".formatted(variable, value, e.getReason()), e);
    }
  }

  private static boolean windows() {
    return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
  }
}
