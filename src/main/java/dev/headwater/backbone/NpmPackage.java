package dev.headwater.backbone;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One version of an npm package, as the npm client fetches it; its scripts never run.
 *
 * @param name such as {@code nsfwjs}
 * @param version such as {@code 4.4.0}
 * @param integrity what the tarball must hash to: {@code sha512-} and base64, as npm writes it
 */
record NpmPackage(String name, String version, String integrity) {
  private static final String HINT =
      "install npm, or pass a weights file with --weights or " + WeightsSettings.VARIABLE;

  /**
   * Has npm put the package's tarball into {@code directory}, which is empty.
   *
   * @throws WeightsException if npm is missing, fails, takes too long, or brings something else
   */
  Path fetch(List<String> npm, Path directory, Duration limit, Progress progress) {
    Path errors = directory.resolve("npm.err");
    var command =
        Stream.concat(npm.stream(), Stream.of("pack", this.spec(), "--json", "--ignore-scripts"));
    try {
      Process process =
          new ProcessBuilder(command.toList())
              .directory(directory.toFile())
              .redirectOutput(directory.resolve("npm.out").toFile())
              .redirectError(errors.toFile())
              .start();
      process.getOutputStream().close();
      await(process, limit, progress);
      if (process.exitValue() != 0) {
        throw new WeightsException(
            ("npm could not fetch %s (%s); check its registry and network, or pass a "
                    + "weights file with --weights or %s")
                .formatted(spec(), firstError(errors), WeightsSettings.VARIABLE));
      }
      return verified(directory);
    } catch (IOException e) {
      throw new WeightsException(
          "'%s' cannot be run (%s); %s".formatted(String.join(" ", npm), e.getMessage(), HINT), e);
    }
  }

  String spec() {
    return name + "@" + version;
  }

  private void await(Process process, Duration limit, Progress progress) {
    Instant end = Instant.now().plus(limit);
    try {
      do {
        if (Instant.now().isAfter(end)) {
          throw new WeightsException(
              ("npm did not fetch %s within %d s; try again, or pass a weights file with "
                      + "--weights or %s")
                  .formatted(spec(), limit.toSeconds(), WeightsSettings.VARIABLE));
        }
        progress.update("fetching " + spec() + " with npm", 0, -1);
      } while (!process.waitFor(200, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WeightsException("interrupted while npm fetched " + spec(), e);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /** npm reports a failure as lines that start with "npm error" (older: "npm ERR!"). */
  private static String firstError(Path errors) throws IOException {
    String text = new String(Files.readAllBytes(errors), StandardCharsets.UTF_8);
    List<String> lines = text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    return lines.stream()
        .filter(line -> line.startsWith("npm err") || line.startsWith("npm ERR"))
        .findFirst()
        .orElse(lines.isEmpty() ? "it gave no reason" : lines.get(0));
  }

  private Path verified(Path directory) throws IOException {
    Path tarball = directory.resolve(name + "-" + version + ".tgz");
    if (!Files.isRegularFile(tarball)) {
      throw new WeightsException(
          "npm ended well, but left no %s; %s".formatted(tarball.getFileName(), HINT));
    }
    String found = integrity(Files.readAllBytes(tarball));
    if (!found.equals(integrity)) {
      throw new WeightsException(
          "npm brought a %s with integrity %s, expected %s; check the registry npm is set to"
              .formatted(spec(), found, integrity));
    }
    return tarball;
  }

  static String integrity(byte[] tarball) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-512").digest(tarball);
      return "sha512-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java platform lacks SHA-512", e);
    }
  }
}
