package dev.headwater.cli.demo;

import dev.headwater.cli.client.CommandFailedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The houses' npm packages in a cache folder, fetched with the {@code npm} client where missing.
 *
 * <p>A tarball enters the cache by an atomic move and only with the pinned digest, so a file in the
 * cache is whole and right; one that has been changed since is fetched again.
 *
 * @param cache the folder, made where missing
 * @param npm the command, {@code npm} or a path to it
 */
public record EmojiPackages(Path cache, String npm) {
  private static final long FETCH_SECONDS = 180;

  /** {@code $XDG_CACHE_HOME/headwater/emoji}, or the same below {@code ~/.cache}. */
  public static EmojiPackages inUserCache() {
    var xdg = System.getenv("XDG_CACHE_HOME");
    var base =
        xdg != null && !xdg.isBlank()
            ? Path.of(xdg)
            : Path.of(System.getProperty("user.home"), ".cache");
    return new EmojiPackages(base.resolve("headwater").resolve("emoji"), "npm");
  }

  /**
   * The tarballs of {@code houses}, in their order.
   *
   * @param say told before a fetch, which takes seconds
   * @throws CommandFailedException if npm is missing, cannot reach its registry, or fetched another
   *     file than the pinned one
   */
  List<Path> fetch(List<EmojiHouse> houses, Consumer<String> say) {
    try {
      Files.createDirectories(cache);
      var missing = new ArrayList<EmojiHouse>();
      for (var house : houses) {
        if (!isCached(house)) {
          missing.add(house);
        }
      }
      if (!missing.isEmpty()) {
        say.accept("fetching %d emoji packages with npm (7 MB together)".formatted(missing.size()));
        fetchAll(missing);
      }
      return houses.stream().map(house -> cache.resolve(house.tarballName())).toList();
    } catch (IOException e) {
      throw new CommandFailedException("cannot use the cache folder %s: %s".formatted(cache, e), e);
    }
  }

  private boolean isCached(EmojiHouse house) throws IOException {
    var file = cache.resolve(house.tarballName());
    return Files.isRegularFile(file) && digest(file).equals(house.sha512());
  }

  private void fetchAll(List<EmojiHouse> missing) throws IOException {
    var fresh = Files.createTempDirectory(cache, ".fetch-");
    try {
      pack(missing, fresh);
      for (var house : missing) {
        var file = fresh.resolve(house.tarballName());
        requireDigest(house, file);
        Files.move(file, cache.resolve(house.tarballName()), StandardCopyOption.ATOMIC_MOVE);
      }
    } finally {
      delete(fresh);
    }
  }

  private void pack(List<EmojiHouse> missing, Path into) throws IOException {
    var command = new ArrayList<>(List.of(npm, "pack", "--ignore-scripts", "--silent"));
    command.addAll(List.of("--pack-destination", into.toString()));
    missing.forEach(house -> command.add(house.npmName()));
    var log = into.resolve("npm.log");
    var builder = new ProcessBuilder(command).directory(into.toFile());
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    var process = start(builder);
    try {
      process.getOutputStream().close();
      if (!process.waitFor(FETCH_SECONDS, TimeUnit.SECONDS)) {
        throw new CommandFailedException(
            "npm did not fetch the emoji packages within %d s: is the network up?"
                .formatted(FETCH_SECONDS));
      }
      if (process.exitValue() != 0) {
        throw new CommandFailedException(
            "npm could not fetch the emoji packages (exit code %d)%s: is the network up?"
                .formatted(process.exitValue(), lastLine(log)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailedException("interrupted while npm fetched the emoji packages", e);
    } finally {
      process.destroy();
    }
  }

  private Process start(ProcessBuilder builder) {
    try {
      return builder.start();
    } catch (IOException e) {
      throw new CommandFailedException(
          "the demo's images come as npm packages, and there is no \"%s\" command here: install npm"
              .formatted(npm),
          e);
    }
  }

  private static String lastLine(Path log) throws IOException {
    var lines = Files.readString(log, StandardCharsets.UTF_8).lines().toList();
    var errors = lines.stream().filter(line -> line.contains("error")).toList();
    return errors.isEmpty() ? "" : ", " + errors.get(0).strip();
  }

  private static void requireDigest(EmojiHouse house, Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new CommandFailedException(
          "npm fetched no file %s for %s".formatted(file.getFileName(), house.npmName()));
    }
    var found = digest(file);
    if (!found.equals(house.sha512())) {
      throw new CommandFailedException(
          "npm fetched another %s than expected: sha512 %s, expected %s; nothing was kept"
              .formatted(house.npmName(), found, house.sha512()));
    }
  }

  private static String digest(Path file) throws IOException {
    try {
      var sha512 = MessageDigest.getInstance("SHA-512");
      return Base64.getEncoder().encodeToString(sha512.digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-512", e);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var entries = Files.walk(folder)) {
      for (var entry : entries.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(entry);
      }
    }
  }
}
