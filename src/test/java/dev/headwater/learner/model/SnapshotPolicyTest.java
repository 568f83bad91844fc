package dev.headwater.learner.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotPolicyTest {
  @Test
  void shouldBeDueAsExamplesDoubleAndThenEverySoMany() {
    assertThat(snapshotsAt(new SnapshotPolicy(64, Duration.ofSeconds(10)), 8, 300))
        .containsExactly(8, 16, 32, 64, 128, 192, 256);
    assertThat(snapshotsAt(new SnapshotPolicy(20, Duration.ofSeconds(10)), 8, 100))
        .containsExactly(8, 16, 32, 56, 80);
    assertThat(snapshotsAt(new SnapshotPolicy(1, Duration.ofSeconds(10)), 8, 40))
        .containsExactly(8, 16, 24, 32, 40);
  }

  /** Returns after how many examples a snapshot comes that is asked for after each batch. */
  private static List<Integer> snapshotsAt(SnapshotPolicy policy, int batch, int examples) {
    var at = new ArrayList<Integer>();
    int last = 0;
    for (int n = batch; n <= examples; n += batch) {
      if (policy.isDue(n, last)) {
        at.add(n);
        last = n;
      }
    }
    return at;
  }

  @Test
  void shouldNotBeDueWithoutANewExample() {
    assertThat(SnapshotPolicy.DEFAULT.isDue(0, 0)).isFalse();
    assertThat(SnapshotPolicy.DEFAULT.isDue(64, 64)).isFalse();
  }

  @Test
  void shouldRefuseWhatWouldNeverComeToAnEnd() {
    assertThatThrownBy(() -> new SnapshotPolicy(0, Duration.ofSeconds(1)))
        .hasMessage("a snapshot every 0 examples, expected at least 1");
    assertThatThrownBy(() -> new SnapshotPolicy(1, Duration.ZERO))
        .hasMessage("a snapshot every PT0S, expected a positive duration");
  }
}
