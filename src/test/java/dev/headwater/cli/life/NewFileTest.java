package dev.headwater.cli.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.cli.client.CommandFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewFileTest {
  @TempDir private Path folder;

  @Test
  void shouldAppearAlone() {
    var path = folder.resolve("new");

    new NewFile(path, false).write(new byte[] {1});

    assertThat(path).hasBinaryContent(new byte[] {1});
    assertThat(folder).isDirectoryContaining(file -> file.equals(path));
    assertThat(folder.toFile().list()).hasSize(1);
  }

  @Test
  void shouldNotReplaceAFileThatHasAppearedMeanwhile() throws IOException {
    var path = folder.resolve("taken");
    var file = new NewFile(path, false);
    file.requireFree();
    Files.write(path, new byte[] {1});

    assertThatThrownBy(() -> file.write(new byte[] {2}))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContaining("exists already");
    assertThat(path).hasBinaryContent(new byte[] {1});
    assertThat(folder.toFile().list()).hasSize(1);
  }

  @Test
  void shouldReplaceAFileIfItMay() throws IOException {
    var path = Files.write(folder.resolve("taken"), new byte[] {1});
    var file = new NewFile(path, true);
    file.requireFree();

    file.write(new byte[] {2});

    assertThat(path).hasBinaryContent(new byte[] {2});
  }

  @Test
  void shouldNeverBeADirectory() {
    assertThatThrownBy(() -> new NewFile(folder, true).requireFree())
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContaining("is a directory");
  }
}
