package dev.headwater.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.headwater.backbone.BackboneId.Quality;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class NpmPackageTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @TempDir private Path folder;

  @Test
  void shouldAskNpmForTheTarballWithoutRunningScripts() throws IOException {
    Path arguments = folder.resolve("arguments");
    byte[] content = {1, 2, 3};
    Path source = Files.write(folder.resolve("source"), content);
    String script = "echo \"$@\" > '%s'; cp '%s' thing-1.0.tgz".formatted(arguments, source);
    var thing = new NpmPackage("thing", "1.0", NpmPackage.integrity(content));

    Path tarball = fetch(thing, shell(script), MINUTE);

    assertThat(tarball).hasBinaryContent(content);
    assertThat(arguments).hasContent("pack --json --ignore-scripts thing@1.0");
  }

  @Test
  void shouldFetchSeveralAtOnceAndNameThemAsNpmDoes() throws IOException {
    byte[] content = {1, 2, 3};
    Path source = Files.write(folder.resolve("source"), content);
    var first = new NpmPackage("thing", "1.0", NpmPackage.integrity(content));
    var scoped = new NpmPackage("@some/other", "2.1", NpmPackage.integrity(content));
    String script = "cp '%s' thing-1.0.tgz; cp '%s' some-other-2.1.tgz".formatted(source, source);
    Path work = work();

    var tarballs =
        NpmPackage.fetch(List.of(first, scoped), shell(script), work, MINUTE, Progress.NONE);

    assertThat(tarballs)
        .containsExactly(work.resolve("thing-1.0.tgz"), work.resolve("some-other-2.1.tgz"));
    assertThat(scoped.isIn(work)).isTrue();
    Files.write(tarballs.get(1), new byte[] {1});
    assertThat(scoped.isIn(work)).isFalse();
  }

  @Test
  void shouldSayWhatToDoWithoutNpm() {
    assertRefused(List.of("no-such-npm"), "'no-such-npm' cannot be run");
  }

  @Test
  void shouldPassOnWhyNpmFailed() {
    assertRefused(
        shell("echo 'npm warn old' >&2; echo 'npm error code ENOTFOUND' >&2; exit 1"),
        "npm could not fetch thing@1.0 (npm error code ENOTFOUND)");
  }

  @Test
  void shouldRefuseTarballOfAnotherContent() {
    assertRefused(shell("echo other > thing-1.0.tgz"), "expected sha512-none");
  }

  @Test
  void shouldRefuseMissingTarball() {
    assertRefused(shell("exit 0"), "npm succeeded, but left no thing-1.0.tgz");
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void shouldKillNpmAndItsChildrenOnceTheTimeIsUp() throws Exception {
    Path pid = folder.resolve("pid");
    String script = "sleep 300 & echo $! > '%s'; wait".formatted(pid);
    var thing = new NpmPackage("thing", "1.0", "sha512-none");

    assertThatThrownBy(() -> fetch(thing, shell(script), Duration.ofSeconds(1)))
        .isInstanceOf(NpmPackage.FetchException.class)
        .hasMessageContaining("npm did not fetch thing@1.0 within 1 s");

    var child = ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()));
    if (child.isPresent()) {
      child.get().onExit().get(30, TimeUnit.SECONDS);
    }
  }

  /** Needs npm and a registry that has the package; 25 MB. */
  @Test
  void shouldReadTheRealStandIn() {
    var settings = WeightsSettings.of(Map.of("XDG_CACHE_HOME", folder.toString()));
    Path target = folder.resolve("converted.h5");
    try {
      new NsfwjsFetch(NsfwjsModel.PACKAGE, settings.npm(), settings.npmLimit(), Progress.NONE)
          .to(target);
    } catch (WeightsException e) {
      boolean unreachable =
          e.getMessage().contains("cannot be run") || e.getMessage().contains("could not fetch");
      assumeTrue(!unreachable, () -> "needs npm and its registry: " + e.getMessage());
      throw e;
    }

    var resolved = ResolvedWeights.read(target, "a test");
    assertThat(resolved.quality()).isEqualTo(Quality.REDUCED);
    assertThat(resolved.preprocessing()).isEqualTo(Preprocessing.UNIT);
    for (Engine engine : Engine.values()) {
      BackboneProof.prove(MobileNetV2.of(resolved, engine));
    }
  }

  private static List<String> shell(String script) {
    return List.of("sh", "-c", script, "npm");
  }

  private Path fetch(NpmPackage thing, List<String> npm, Duration limit) throws IOException {
    return NpmPackage.fetch(List.of(thing), npm, work(), limit, Progress.NONE).get(0);
  }

  private Path work() throws IOException {
    return Files.createTempDirectory(folder, "work");
  }

  private void assertRefused(List<String> npm, String sentence) {
    var thing = new NpmPackage("thing", "1.0", "sha512-none");
    assertThatThrownBy(() -> fetch(thing, npm, MINUTE))
        .isInstanceOf(NpmPackage.FetchException.class)
        .hasMessageContaining(sentence);
  }
}
