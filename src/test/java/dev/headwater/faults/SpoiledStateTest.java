package dev.headwater.faults;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The seed says whether half of the files are noise, or one of each task. */
class SpoiledStateTest {
  private static final int TASKS = 4;

  @TempDir Path state;

  @BeforeEach
  void writeTasks() throws IOException {
    Files.write(state.resolve("instance-id"), new byte[100]);
    for (int n = 0; n < TASKS; n++) {
      Path task = state.resolve("inference").resolve("0_" + n);
      for (String store : List.of("seen", "waiting")) {
        Path files = Files.createDirectories(task.resolve("rocksdb").resolve(store));
        for (String name :
            List.of("000012.sst", "CURRENT", "IDENTITY", "MANIFEST-1", "OPTIONS-1")) {
          Files.write(files.resolve(name), new byte[100]);
        }
      }
      Files.write(task.resolve(".checkpoint"), new byte[100]);
    }
  }

  @Test
  void shouldSpoilEitherHalfOfTheFilesOrExactlyOneOfEachTask() throws IOException {
    var alone = new HashSet<String>();
    int halves = 0;
    for (int seed = 0; seed < 40; seed++) {
      var spoiled = SpoiledState.spoil(state, seed);
      if (spoiled.size() == TASKS) {
        assertThat(tasks(spoiled)).containsExactlyInAnyOrder("0_0", "0_1", "0_2", "0_3");
        spoiled.forEach(file -> alone.add(file.getFileName().toString()));
      } else {
        assertThat(spoiled).hasSizeBetween(10, 34);
        halves++;
      }
    }
    assertThat(halves).isBetween(10, 30);
    assertThat(alone).contains(".checkpoint", "000012.sst", "CURRENT");
    assertThat(Files.readAllBytes(state.resolve("instance-id"))).containsOnly(0);
  }

  @Test
  void shouldSpoilTheSameFilesBySameSeed() {
    assertThat(SpoiledState.spoil(state, 7)).isEqualTo(SpoiledState.spoil(state, 7));
  }

  private Set<String> tasks(List<Path> files) {
    return files.stream()
        .map(file -> state.relativize(file).getName(1).toString())
        .collect(toSet());
  }
}
