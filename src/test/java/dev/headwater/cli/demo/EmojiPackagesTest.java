package dev.headwater.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.headwater.backbone.NpmPackage;
import dev.headwater.cli.client.CommandFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmojiPackagesTest {
  private static final String FILE = "iconify-json-small-1.0.0.tgz";

  @TempDir private Path dir;
  private final List<String> said = new ArrayList<>();
  private Path published;
  private EmojiVendor vendor;

  @BeforeEach
  void publish() throws IOException {
    published = dir.resolve("published.tgz");
    EmojiTarball.write(published, "red");
    var integrity = NpmPackage.integrity(Files.readAllBytes(published));
    vendor = new EmojiVendor("small", new NpmPackage("@iconify-json/small", "1.0.0", integrity));
  }

  /** A stand-in for npm, which leaves the package where it is run. */
  private EmojiPackages withNpm(String script) throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "needs a POSIX shell to play npm");
    var npm = dir.resolve("npm");
    Files.writeString(npm, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(npm, PosixFilePermissions.fromString("rwxr-xr-x"));
    return new EmojiPackages(dir.resolve("cache"), List.of(npm.toString()));
  }

  @Test
  void shouldFetchOnceAndThenUseTheCache() throws IOException {
    var working = withNpm("cp '" + published + "' " + FILE);

    var first = working.fetch(List.of(vendor), said::add);
    var second = withNpm("exit 9").fetch(List.of(vendor), said::add);

    assertThat(first).isEqualTo(second).containsExactly(dir.resolve("cache").resolve(FILE));
    assertThat(said).hasSize(1);
    try (var left = Files.list(dir.resolve("cache"))) {
      assertThat(left).hasSize(1);
    }
  }

  @Test
  void shouldFetchAgainWhatWasChangedInTheCache() throws IOException {
    Files.createDirectories(dir.resolve("cache"));
    Files.writeString(dir.resolve("cache").resolve(FILE), "half a file");

    var found = withNpm("cp '" + published + "' " + FILE).fetch(List.of(vendor), said::add);

    assertThat(found.get(0)).hasSameBinaryContentAs(published);
  }

  @Test
  void shouldKeepNothingOfAnotherFileThanThePinnedOne() throws IOException {
    var lying = withNpm("echo other >" + FILE);

    assertThatThrownBy(() -> lying.fetch(List.of(vendor), said::add))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContaining("npm brought a @iconify-json/small@1.0.0 with integrity");
    assertThat(dir.resolve("cache")).isEmptyDirectory();
  }

  @Test
  void shouldSayWhyNpmFailed() throws IOException {
    var failing = withNpm("echo 'npm error network timeout' >&2; exit 1");

    assertThatThrownBy(() -> failing.fetch(List.of(vendor), said::add))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContaining(
            "@iconify-json/small@1.0.0 (npm error network timeout); check its registry");
  }

  @Test
  void shouldSayThatNpmIsMissing() {
    var packages =
        new EmojiPackages(dir.resolve("cache"), List.of(dir.resolve("no-npm").toString()));

    assertThatThrownBy(() -> packages.fetch(List.of(vendor), said::add))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContaining("no-npm' cannot be run")
        .hasMessageContaining("install npm");
  }
}
