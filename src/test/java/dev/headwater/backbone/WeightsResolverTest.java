package dev.headwater.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.backbone.BackboneId.Quality;
import io.jhdf.HdfFile;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightsResolverTest {
  @TempDir private static Path shared;
  @TempDir private Path folder;

  private static byte[] keras;
  private static byte[] tarball;

  private final List<String> said = new ArrayList<>();
  private final List<Long> downloaded = new ArrayList<>();
  private FileServer server;

  @BeforeAll
  static void build() throws IOException {
    Path file = shared.resolve("keras.h5");
    try (var hdf = HdfFile.write(file)) {
      KerasWeightsWriter.write(hdf, RandomWeights.layers(31));
    }
    keras = Files.readAllBytes(file);
    tarball = NsfwjsTarball.bytes(32);
    Files.write(shared.resolve("package.tgz"), tarball);
  }

  @BeforeEach
  void startServer() {
    server = FileServer.serving(keras);
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Test
  void shouldTakeConfiguredFileAndNothingElse() throws IOException {
    Path file = Files.write(folder.resolve("mine.h5"), keras);

    var resolved = resolver(server.url(), workingNpm(), Optional.of(file)).resolve(progress());

    assertThat(resolved.file()).isEqualTo(file);
    assertThat(resolved.quality()).isEqualTo(Quality.FULL);
    assertThat(resolved.preprocessing()).isEqualTo(Preprocessing.SYMMETRIC);
    assertThat(said).containsExactly("weights taken from the configured file: " + file);
    assertThat(server.requests()).isZero();
  }

  @Test
  void shouldRefuseConfiguredFileInsteadOfTakingAnother() {
    var resolver = resolver(server.url(), workingNpm(), Optional.of(folder.resolve("missing.h5")));

    assertThatThrownBy(() -> resolver.resolve(progress()))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("there is no weights file");
    assertThat(server.requests()).isZero();
  }

  @Test
  void shouldDownloadKerasFileOnceAndThenReadTheCache() {
    var resolver = resolver(server.url(), List.of("no-such-npm"), Optional.empty());

    var first = resolver.resolve(progress());
    var second = resolver.resolve(progress());

    assertThat(first.origin()).isEqualTo("Keras' published file " + server.url());
    assertThat(second.origin()).isEqualTo("the cache");
    assertThat(first.quality()).isEqualTo(Quality.FULL);
    assertThat(second.file())
        .isEqualTo(cache().resolve(WeightsCache.KERAS))
        .hasBinaryContent(keras);
    assertThat(server.requests()).isEqualTo(1);
    assertThat(downloaded.get(downloaded.size() - 1)).isEqualTo(keras.length);
    assertThat(downloaded).isSorted();
  }

  @Test
  void shouldStandInWithReducedQualityWhereKerasCannotBeReached() {
    server.close();

    var resolved = resolver(server.url(), workingNpm(), Optional.empty()).resolve(progress());

    assertThat(resolved.quality()).isEqualTo(Quality.REDUCED);
    assertThat(resolved.preprocessing()).isEqualTo(Preprocessing.UNIT);
    assertThat(resolved.origin()).isEqualTo("the npm package nsfwjs@4.4.0");
    assertThat(said.get(0)).contains("could not be downloaded from " + server.url());
    assertThat(said.get(1)).contains("reduced quality");
    var again =
        resolver(server.url(), List.of("no-such-npm"), Optional.empty()).resolve(progress());
    assertThat(again.quality()).isEqualTo(Quality.REDUCED);
    assertThat(again.preprocessing()).isEqualTo(Preprocessing.UNIT);
    assertThat(Fingerprint.of(again.weights(), again.preprocessing(), "fp32"))
        .isEqualTo(Fingerprint.of(resolved.weights(), resolved.preprocessing(), "fp32"));
  }

  @Test
  void shouldPreferKerasFileWhenTheCacheHoldsBoth() throws IOException {
    resolver(closedPort(), workingNpm(), Optional.empty()).resolve(progress());
    Files.write(cache().resolve(WeightsCache.KERAS), keras);

    var resolved =
        resolver(closedPort(), List.of("no-such-npm"), Optional.empty()).resolve(progress());

    assertThat(resolved.quality()).isEqualTo(Quality.FULL);
  }

  @Test
  void shouldReplaceStandInWhenAskedToFetch() {
    resolver(closedPort(), workingNpm(), Optional.empty()).resolve(progress());

    var fetched =
        resolver(server.url(), List.of("no-such-npm"), Optional.empty()).fetch(progress());

    assertThat(fetched.quality()).isEqualTo(Quality.FULL);
  }

  @Test
  void shouldReportCorruptCacheEntryAndFetchItAnew() throws IOException {
    Files.createDirectories(cache());
    Files.write(cache().resolve(WeightsCache.KERAS), Arrays.copyOf(keras, 1000));

    var resolved =
        resolver(server.url(), List.of("no-such-npm"), Optional.empty()).resolve(progress());

    assertThat(said.get(0)).startsWith("the cached weights cannot be used and are replaced: ");
    assertThat(said.get(0)).contains("is truncated: it has 1000 bytes");
    assertThat(resolved.file()).hasBinaryContent(keras);
  }

  @Test
  void shouldLeaveNothingBehindAnInterruptedDownload() throws IOException {
    try (var broken = FileServer.serving(200, Arrays.copyOf(keras, 50_000), keras.length)) {
      assertNothingStored(broken.url(), "could not be downloaded");
    }
  }

  @Test
  void shouldNotStoreWhatIsNotWeights() throws IOException {
    byte[] page = "<html>log in first</html>".getBytes(StandardCharsets.UTF_8);
    try (var portal = FileServer.serving(page)) {
      assertNothingStored(portal.url(), "is not an HDF5 file");
    }
  }

  @Test
  void shouldNameAllRefusalsWhenNothingIsToBeHad() {
    var resolver = resolver(closedPort(), List.of("no-such-npm"), Optional.empty());

    assertThatThrownBy(() -> resolver.resolve(progress()))
        .isInstanceOf(WeightsException.class)
        .hasMessageStartingWith("no weights to be had: Keras' weights could not be downloaded")
        .hasMessageContaining("'no-such-npm' cannot be run")
        .hasMessageContaining("install npm, or pass a weights file with --weights");
  }

  @Test
  void shouldDeleteWhatAKilledProcessLeftBehind() throws IOException {
    Files.createDirectories(cache());
    Path old = Files.write(cache().resolve("x.1.part"), new byte[10]);
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    Path young = Files.write(cache().resolve("x.2.part"), new byte[10]);

    resolver(server.url(), List.of("no-such-npm"), Optional.empty()).resolve(progress());

    assertThat(old).doesNotExist();
    assertThat(young).exists();
  }

  @Test
  void shouldSayThatTheCacheCannotBeWritten() throws IOException {
    Files.write(folder.resolve("cache"), new byte[0]);

    assertThatThrownBy(
            () ->
                resolver(server.url(), List.of("no-such-npm"), Optional.empty())
                    .resolve(progress()))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("point XDG_CACHE_HOME elsewhere");
  }

  private void assertNothingStored(URI url, String reason) throws IOException {
    var resolver = resolver(url, List.of("no-such-npm"), Optional.empty());
    assertThatThrownBy(() -> resolver.resolve(progress()))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining(reason);
    try (Stream<Path> files = Files.list(cache())) {
      assertThat(files).isEmpty();
    }
  }

  private Path cache() {
    return folder.resolve("cache");
  }

  private static URI closedPort() {
    try (var gone = FileServer.serving(new byte[0])) {
      return gone.url();
    }
  }

  private static List<String> workingNpm() {
    String copy = "cp '%s' nsfwjs-4.4.0.tgz".formatted(shared.resolve("package.tgz"));
    return List.of("sh", "-c", copy, "npm");
  }

  private WeightsResolver resolver(URI url, List<String> npm, Optional<Path> file) {
    var settings =
        new WeightsSettings(file, cache(), url, npm, Duration.ofSeconds(5), Duration.ofSeconds(60));
    var standIn = new NpmPackage("nsfwjs", "4.4.0", NpmPackage.integrity(tarball));
    return new WeightsResolver(settings, standIn);
  }

  private Progress progress() {
    return new Progress() {
      @Override
      public void update(String what, long done, long total) {
        downloaded.add(done);
      }

      @Override
      public void say(String sentence) {
        said.add(sentence);
      }
    };
  }
}
