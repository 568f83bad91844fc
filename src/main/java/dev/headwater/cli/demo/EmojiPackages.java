package dev.headwater.cli.demo;

import dev.headwater.backbone.Directories;
import dev.headwater.backbone.NpmPackage;
import dev.headwater.backbone.Progress;
import dev.headwater.backbone.WeightsSettings;
import dev.headwater.cli.client.CommandFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The vendors' npm packages in a cache folder, fetched with the {@code npm} client where missing.
 *
 * <p>A tarball enters the cache by an atomic move and only with the pinned digest, so a file in the
 * cache is whole and right; one that has been changed since is fetched again.
 *
 * @param cache the folder, made where missing
 * @param npm the command, such as {@code [npm]}
 */
public record EmojiPackages(Path cache, List<String> npm) {
  private static final Duration FETCH_LIMIT = Duration.ofMinutes(3);

  /** {@code $XDG_CACHE_HOME/headwater/emoji}, or the same below {@code ~/.cache}. */
  public static EmojiPackages inUserCache() {
    var settings = WeightsSettings.of(System.getenv());
    return new EmojiPackages(settings.cache().resolve("emoji"), settings.npm());
  }

  /**
   * The tarballs of {@code vendors}, in their order.
   *
   * @param say told before a fetch, which takes seconds
   * @throws CommandFailedException if npm is missing, cannot reach its registry, or fetched another
   *     file than the pinned one
   */
  List<Path> fetch(List<EmojiVendor> vendors, Consumer<String> say) {
    try {
      Files.createDirectories(cache);
      var missing = new ArrayList<NpmPackage>();
      for (var vendor : vendors) {
        if (!vendor.drawings().isIn(cache)) {
          missing.add(vendor.drawings());
        }
      }
      if (!missing.isEmpty()) {
        say.accept("fetching %d emoji packages with npm (7 MB together)".formatted(missing.size()));
        fetchAll(missing);
      }
      return vendors.stream()
          .map(vendor -> cache.resolve(vendor.drawings().tarballName()))
          .toList();
    } catch (NpmPackage.FetchException e) {
      throw new CommandFailedException(
          "the demo's images come as npm packages: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new CommandFailedException("cannot use the cache folder %s: %s".formatted(cache, e), e);
    }
  }

  private void fetchAll(List<NpmPackage> missing) throws IOException {
    var fresh = Files.createTempDirectory(cache, ".fetch-");
    try {
      for (var tarball : NpmPackage.fetch(missing, npm, fresh, FETCH_LIMIT, Progress.NONE)) {
        Files.move(tarball, cache.resolve(tarball.getFileName()), StandardCopyOption.ATOMIC_MOVE);
      }
    } finally {
      Directories.delete(fresh);
    }
  }
}
