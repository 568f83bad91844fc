package dev.headwater.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarballTest {
  private static final byte[] PACKAGE = NsfwjsTarball.tarball("the model", "the shard");

  @TempDir private Path folder;

  private Path file(byte[] content) throws IOException {
    return Files.write(folder.resolve("package.tgz"), content);
  }

  @Test
  void shouldReadOneEntryOfSeveral() throws IOException {
    try (var entry = Tarball.open(file(PACKAGE), "package/dist/models/mobilenet_v2/model.min.js")) {
      assertThat(new String(entry.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("the model");
    }
  }

  @Test
  void shouldSayWhatIsMissing() throws IOException {
    var file = file(PACKAGE);

    assertThatThrownBy(() -> Tarball.open(file, "package/other"))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessage("it holds no package/other");
  }

  @Test
  void shouldRefuseWhatIsTruncatedOrNoArchive() throws IOException {
    var truncated = file(Arrays.copyOf(PACKAGE, PACKAGE.length / 2));
    assertThatThrownBy(() -> readAll(truncated, "package/dist/models/mobilenet_v2/model.min.js"))
        .isInstanceOf(IOException.class);
    try (var zipped = new GZIPOutputStream(Files.newOutputStream(truncated))) {
      zipped.write("x".repeat(2_000).getBytes(StandardCharsets.UTF_8));
    }
    assertThatThrownBy(() -> readAll(truncated, "package/other")).isInstanceOf(IOException.class);
  }

  private static byte[] readAll(Path file, String name) throws IOException {
    try (var entry = Tarball.open(file, name)) {
      return entry.readAllBytes();
    }
  }
}
