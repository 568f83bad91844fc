package dev.headwater.backbone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * One version of an npm package, as the npm client fetches it; its scripts never run.
 *
 * @param name such as {@code nsfwjs} or {@code @iconify-json/noto}
 * @param version such as {@code 4.4.0}
 * @param integrity what the tarball must hash to: {@code sha512-} and base64, as npm writes it
 */
public record NpmPackage(String name, String version, String integrity) {
  /** Says in one sentence, to which more may be added, what npm did instead and what to do. */
  public static final class FetchException extends IOException {
    private static final long serialVersionUID = 1L;

    private FetchException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * Has npm put the packages' tarballs into {@code directory}, which is empty.
   *
   * @param npm the command, such as {@code [npm]}
   * @return the tarballs, in the packages' order
   * @throws FetchException if npm is missing, fails, takes too long, or brings something else
   */
  public static List<Path> fetch(
      List<NpmPackage> packages,
      List<String> npm,
      Path directory,
      Duration limit,
      Progress progress)
      throws IOException {
    var command = new ArrayList<>(npm);
    command.addAll(List.of("pack", "--json", "--ignore-scripts"));
    packages.forEach(one -> command.add(one.spec()));
    var specs = packages.stream().map(NpmPackage::spec).collect(Collectors.joining(", "));
    Path errors = directory.resolve("npm.err");
    var process =
        start(
            new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(directory.resolve("npm.out").toFile())
                .redirectError(errors.toFile()));
    await(process, specs, limit, progress);
    if (process.exitValue() != 0) {
      throw failed(
          "npm could not fetch %s (%s); check its registry and network"
              .formatted(specs, firstError(errors)));
    }
    var tarballs = new ArrayList<Path>();
    for (var one : packages) {
      tarballs.add(one.verified(directory));
    }
    return tarballs;
  }

  private static Process start(ProcessBuilder builder) throws IOException {
    try {
      var process = builder.start();
      process.getOutputStream().close();
      return process;
    } catch (IOException e) {
      throw new FetchException(
          "'%s' cannot be run (%s); install npm"
              .formatted(builder.command().get(0), e.getMessage()),
          e);
    }
  }

  private static void await(Process process, String specs, Duration limit, Progress progress)
      throws FetchException {
    Instant end = Instant.now().plus(limit);
    try {
      do {
        if (Instant.now().isAfter(end)) {
          throw failed(
              "npm did not fetch %s within %d s; try again".formatted(specs, limit.toSeconds()));
        }
        progress.update("fetching " + specs + " with npm", 0, -1);
      } while (!process.waitFor(200, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FetchException("interrupted while npm fetched " + specs, e);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /** npm reports a failure as lines that start with "npm error" (older: "npm ERR!"). */
  private static String firstError(Path errors) throws IOException {
    List<String> lines =
        Files.readString(errors)
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .toList();
    return lines.stream()
        .filter(line -> line.startsWith("npm err") || line.startsWith("npm ERR"))
        .findFirst()
        .orElse(lines.isEmpty() ? "it gave no reason" : lines.get(0));
  }

  private Path verified(Path directory) throws IOException {
    Path tarball = directory.resolve(tarballName());
    if (!Files.isRegularFile(tarball)) {
      throw failed(
          "npm succeeded, but left no %s; check which npm is installed".formatted(tarballName()));
    }
    String found = integrity(Files.readAllBytes(tarball));
    if (!found.equals(integrity)) {
      throw failed(
          "npm brought a %s with integrity %s, expected %s; check the registry npm is set to"
              .formatted(spec(), found, integrity));
    }
    return tarball;
  }

  /** Whether a directory has the package's tarball, whole and unchanged. */
  public boolean isIn(Path directory) throws IOException {
    Path tarball = directory.resolve(tarballName());
    return Files.isRegularFile(tarball) && integrity(Files.readAllBytes(tarball)).equals(integrity);
  }

  /** The file name that npm gives the tarball. */
  public String tarballName() {
    return "%s-%s.tgz".formatted(name.replace("@", "").replace('/', '-'), version);
  }

  String spec() {
    return name + "@" + version;
  }

  /** What npm calls the hash of a tarball. */
  public static String integrity(byte[] tarball) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-512").digest(tarball);
      return "sha512-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java platform lacks SHA-512", e);
    }
  }

  private static FetchException failed(String message) {
    return new FetchException(message, null);
  }
}
