package dev.headwater.learner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.learner.model.HeapStore;
import org.junit.jupiter.api.Test;

class WriteBufferTest {
  private final HeapStore below = new HeapStore();
  private final WriteBuffer overlay = new WriteBuffer(below);

  @Test
  void shouldShowChangesBeforeTheStoreHasThem() {
    below.put("kept", new byte[] {1});
    below.put("changed", new byte[] {1});
    below.put("deleted", new byte[] {1});
    overlay.put("changed", new byte[] {2});
    overlay.delete("deleted");
    assertThat(overlay.get("kept")).containsExactly(1);
    assertThat(overlay.get("changed")).containsExactly(2);
    assertThat(overlay.get("deleted")).isNull();
    assertThat(overlay.get("never")).isNull();
    assertThat(below.get("changed")).containsExactly(1);
    assertThat(below.get("deleted")).containsExactly(1);
  }

  @Test
  void shouldWriteAllChangesOnce() {
    below.put("deleted", new byte[] {1});
    overlay.put("new", new byte[] {2});
    overlay.delete("deleted");
    overlay.write();
    assertThat(below.entries()).containsOnlyKeys("new");
    below.put("new", new byte[] {3});
    overlay.write();
    assertThat(overlay.get("new")).as("not written again").containsExactly(3);
  }

  @Test
  void shouldBeSeenOverAnotherReaderOfTheStore() {
    overlay.put("changed", new byte[] {2});
    overlay.delete("deleted");
    var seen = overlay.over(key -> new byte[] {9});
    assertThat(seen.get("changed")).containsExactly(2);
    assertThat(seen.get("deleted")).isNull();
    assertThat(seen.get("other")).containsExactly(9);
  }
}
