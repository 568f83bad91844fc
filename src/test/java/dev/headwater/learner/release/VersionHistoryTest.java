package dev.headwater.learner.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.learner.model.HeapStore;
import dev.headwater.snapshot.SnapshotFile;
import java.util.List;
import org.junit.jupiter.api.Test;

class VersionHistoryTest {
  private static final int MOST = 4;
  private static final long SPACED = 64;

  private final HeapStore store = new HeapStore();
  private final VersionHistory kept =
      new VersionHistory(new VersionStore("m", store), List.of(), MOST);

  private void add(long version, long labels, long needed) {
    var snapshot = ReleaseFixture.snapshot(version, ReleaseFixture.RIGHT);
    kept.add(snapshot, SnapshotFile.write(snapshot), labels, false, number -> number == needed);
  }

  @Test
  void shouldSpareTheOldestWhereVersionsAreFarApart() {
    for (int version = 1; version <= MOST + 2; version++) {
      add(version, version * SPACED, 0);
    }
    assertThat(kept.numbers()).containsExactly(3L, 4L, 5L, 6L);
    assertThat(store.entries().keySet())
        .containsExactlyInAnyOrder("m/version/3", "m/version/4", "m/version/5", "m/version/6");
  }

  @Test
  void shouldSpareFirstWhatWasMadeSoonAfterTheOneBefore() {
    add(1, 64, 0);
    add(2, 128, 0);
    add(3, 191, 0);
    add(4, 192, 0);
    add(5, 256, 0);
    assertThat(kept.numbers()).containsExactly(1L, 2L, 4L, 5L);
  }

  @Test
  void shouldLeaveVersionsToGoBackToWhereLabelsAreSlow() {
    for (int version = 1; version <= 6; version++) {
      add(version, version * SPACED, 0);
    }
    for (int version = 7; version <= 66; version++) {
      add(version, 6 * SPACED + version - 6, 0);
    }
    var labels = kept.all().stream().map(ReleaseRecord.KeptVersion::labels).toList();
    assertThat(labels).hasSize(MOST).startsWith(4 * SPACED).endsWith(6 * SPACED + 60);
  }

  @Test
  void shouldKeepWhatIsNeededHoweverOld() {
    for (int version = 1; version <= MOST + 2; version++) {
      add(version, version * SPACED, 1);
    }
    assertThat(kept.numbers()).containsExactly(1L, 4L, 5L, 6L);
  }

  @Test
  void shouldKeepTheNewestThoughItWasMadeSoonAfterTheOneBefore() {
    for (int version = 1; version <= MOST; version++) {
      add(version, version * SPACED, 0);
    }
    add(5, MOST * SPACED + 1, 0);
    assertThat(kept.numbers()).containsExactly(2L, 3L, 4L, 5L);
  }

  @Test
  void shouldFindAVersionAsItWasMade() {
    add(1, 64, 0);
    add(2, 128, 0);
    assertThat(kept.has(2)).isTrue();
    assertThat(kept.has(3)).isFalse();
    assertThat(kept.find(2).orElseThrow().labels()).isEqualTo(128);
    assertThat(kept.find(2).orElseThrow().version().parent()).isEqualTo(1);
    assertThat(kept.snapshot(1)).isEqualTo(ReleaseFixture.snapshot(1, ReleaseFixture.RIGHT));
    assertThat(kept.snapshot(2).version()).isEqualTo(2);
    assertThat(kept.file(1)).isEqualTo(store.get("m/version/1"));
  }
}
