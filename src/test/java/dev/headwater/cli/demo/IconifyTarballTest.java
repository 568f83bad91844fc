package dev.headwater.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.cli.client.CommandFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IconifyTarballTest {
  @TempDir private Path dir;

  @Test
  void shouldReadFoodAndAnimalsAndLeaveTheRestOut() throws IOException {
    var file = dir.resolve("set.tgz");
    EmojiTarball.write(file, "red");

    var icons = new IconifyTarball(file).icons();

    assertThat(icons)
        .extracting(icon -> icon.name() + " " + icon.className())
        .containsExactly("apple food", "cat animal", "dog animal", "taco food", "wide animal");
    assertThat(icons.get(0).viewBox()).isEqualTo("0 0 32 32");
    assertThat(icons.get(4).viewBox()).isEqualTo("-16 0 64 32");
  }

  @Test
  void shouldSayWhatToDoWithABrokenPackage() throws IOException {
    var file = Files.writeString(dir.resolve("set.tgz"), "no tarball");

    assertThatThrownBy(() -> new IconifyTarball(file).icons())
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContaining("cannot read the emoji in")
        .hasMessageContaining("delete the file to have it fetched again");
  }
}
