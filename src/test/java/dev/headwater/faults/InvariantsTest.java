package dev.headwater.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is found of images that were sent, and of others. */
class InvariantsTest {
  @Test
  void shouldNameWhatIsThereNotAtAllTwiceOrUnasked() {
    assertThat(Invariants.notOnce(List.of("a", "b"), List.of("b", "a"))).isEmpty();
    assertThat(Invariants.notOnce(List.of("a", "b", "c"), List.of("b", "b", "c", "x")))
        .isEqualTo(Map.of("a", "none", "b", "2", "x", "never sent"));
  }
}
