package dev.headwater.bench.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.cli.produce.LabelledFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamFolderTest {
  @TempDir Path root;

  @BeforeEach
  void shouldLayOutTwoSets() throws IOException {
    for (String folder :
        List.of(
            "animals/photo/cat",
            "animals/photo/dog",
            "animals/art/cat",
            "animals/art/dog",
            "goods/shop/hat",
            "goods/shop/tie")) {
      Files.createDirectories(root.resolve(folder));
      for (int i = 0; i < 4; i++) {
        Files.createFile(root.resolve(folder).resolve(i + ".png"));
      }
    }
  }

  @Test
  void shouldTakeEachSetOfAFolderOfSetsForAStream() {
    assertThat(StreamFolder.find(List.of(root)))
        .extracting(StreamFolder::name)
        .containsExactly("animals", "goods");
    assertThat(StreamFolder.find(List.of(root.resolve("goods"), root.resolve("animals/art"))))
        .extracting(StreamFolder::name)
        .containsExactly("goods", "art");
  }

  @Test
  void shouldChooseClassesAndDomainsForEachStreamThatHasThem() {
    var streams = StreamFolder.find(List.of(root));
    var selection = new Selection(List.of("cat"), List.of("photo", "art"));
    selection.requireKnown(streams);
    var animals = selection.plan(streams.get(0), 1);
    assertThat(animals.positive()).isEqualTo("cat");
    assertThat(animals.files())
        .extracting(LabelledFile::domain)
        .startsWith("photo")
        .endsWith("art");
    assertThat(selection.plan(streams.get(1), 1).positive()).isEqualTo("tie");
    assertThat(selection.plan(streams.get(0), 2).files())
        .isNotEqualTo(animals.files())
        .containsExactlyInAnyOrderElementsOf(animals.files());
  }

  @Test
  void shouldRefuseNamesThatNoStreamHas() {
    var streams = StreamFolder.find(List.of(root));
    assertThatThrownBy(() -> new Selection(List.of("cow"), List.of()).requireKnown(streams))
        .hasMessage("there is no class \"cow\"; found cat, dog, hat, tie");
    assertThatThrownBy(() -> new Selection(List.of(), List.of("film")).requireKnown(streams))
        .hasMessage("there is no domain \"film\"; found art, photo, shop");
    assertThatThrownBy(
            () -> new Selection(List.of("cat", "dog"), List.of()).plan(streams.get(0), 1))
        .hasMessageContaining("at most one of them in --positive");
  }
}
