package dev.headwater.cli.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TensorDifferenceTest {
  @Test
  void shouldMeasureAngleAndDistance() {
    var difference = TensorDifference.of("t", new float[] {3, 4}, new float[] {4, 3});

    assertThat(difference.cosine().orElseThrow()).isCloseTo(24 / 25.0, within(1e-12));
    assertThat(difference.relativeL2().orElseThrow()).isCloseTo(Math.sqrt(2) / 5, within(1e-12));
  }

  @Test
  void shouldFindTheSameAtNoDistance() {
    var difference = TensorDifference.of("t", new float[] {0.1f, 7}, new float[] {0.1f, 7});

    assertThat(difference.cosine())
        .hasValueSatisfying(c -> assertThat(c).isCloseTo(1, within(1e-12)));
    assertThat(difference.relativeL2()).contains(0.0);
  }

  @Test
  void shouldLeaveOutWhatIsNotDefined() {
    var fromNothing = TensorDifference.of("t", new float[2], new float[] {1, 2});
    assertThat(fromNothing.cosine()).isEmpty();
    assertThat(fromNothing.relativeL2()).isEmpty();
    var ofOtherSize = TensorDifference.of("t", new float[2], new float[3]);
    assertThat(ofOtherSize.cosine()).isEmpty();
    assertThat(ofOtherSize.relativeL2()).isEmpty();
  }
}
