package dev.headwater.cli.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.cli.client.CommandFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
  @TempDir private Path dir;

  @Test
  void shouldTakeFolderNameAsDomainOfFlatLayout() throws IOException {
    var flat = dir.resolve("wells");
    SampleFolder.images(flat.resolve("b"), 1);
    SampleFolder.images(flat.resolve("a"), 2);

    var folder = ImageFolder.scan(flat, Optional.empty());

    assertThat(folder.hasDomains()).isFalse();
    assertThat(folder.domains()).containsExactly("wells");
    assertThat(folder.files()).extracting(LabelledFile::className).containsExactly("a", "a", "b");
    assertThat(ImageFolder.scan(flat, Optional.of("north")).domains()).containsExactly("north");
  }

  @Test
  void shouldFindDomainsAboveClasses() throws IOException {
    SampleFolder.domains(dir, 2);

    var folder = ImageFolder.scan(dir, Optional.empty());

    assertThat(folder.hasDomains()).isTrue();
    assertThat(folder.domains()).containsExactly("cartoon", "photo", "sketch");
    assertThat(folder.classes().get("photo")).containsExactly("elephant", "giraffe");
    assertThat(folder.files()).hasSize(12);
  }

  @Test
  void shouldSkipHiddenFilesAndFilesBesideClassFolders() throws IOException {
    SampleFolder.domains(dir, 1);
    Files.writeString(dir.resolve("LICENSE"), "text");
    Files.writeString(dir.resolve("photo").resolve("notes.txt"), "text");
    Files.writeString(dir.resolve("photo/giraffe/.DS_Store"), "text");
    SampleFolder.images(dir.resolve(".cache").resolve("x"), 1);

    assertThat(ImageFolder.scan(dir, Optional.empty()).files()).hasSize(6);
  }

  @Test
  void shouldNotFollowLinksThatLeadBack() throws IOException {
    SampleFolder.domains(dir, 1);
    Files.createSymbolicLink(dir.resolve("photo").resolve("loop"), dir);
    Files.createSymbolicLink(dir.resolve("photo/giraffe/loop"), dir.resolve("photo"));

    var folder = ImageFolder.scan(dir, Optional.empty());

    assertThat(folder.domains()).containsExactly("cartoon", "photo", "sketch");
    assertThat(folder.classes().get("photo")).containsExactly("elephant", "giraffe");
  }

  @Test
  void shouldFollowLinksToOtherFolders() throws IOException {
    var elsewhere = dir.resolve("elsewhere");
    SampleFolder.images(elsewhere, 3);
    var set = dir.resolve("set");
    SampleFolder.images(set.resolve("a"), 1);
    Files.createSymbolicLink(set.resolve("b"), elsewhere);

    assertThat(ImageFolder.scan(set, Optional.empty()).files()).hasSize(4);
  }

  @Test
  void shouldRefuseMixedLayouts() throws IOException {
    SampleFolder.images(dir.resolve("photo").resolve("giraffe"), 1);
    SampleFolder.images(dir.resolve("elephant"), 1);

    assertThatThrownBy(() -> ImageFolder.scan(dir, Optional.empty()))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContaining("mixes two layouts: photo has folders, elephant has files only");
  }

  @Test
  void shouldRefuseFolderInsideClassFolder() throws IOException {
    SampleFolder.images(dir.resolve("photo").resolve("giraffe").resolve("deep"), 1);

    assertThatThrownBy(() -> ImageFolder.scan(dir, Optional.empty()))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContaining("deep is a folder inside a class folder");
  }

  @Test
  void shouldRefuseMissingAndEmptyFolders() {
    assertThatThrownBy(() -> ImageFolder.scan(dir.resolve("nowhere"), Optional.empty()))
        .hasMessageContaining("there is no folder");
    assertThatThrownBy(() -> ImageFolder.scan(dir, Optional.empty()))
        .hasMessageContaining("expected a folder per class");
  }
}
