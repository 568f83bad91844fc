package dev.headwater.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JudgementTest {
  @ParameterizedTest
  @ValueSource(floats = {0, -0f, Float.MIN_VALUE, 1e-7f, 0.3f, 0.5f, 0.99999994f, 1})
  void shouldComeOutOfItsBitsAsItWas(float probability) {
    for (boolean predicted : new boolean[] {false, true}) {
      for (boolean positive : new boolean[] {false, true}) {
        var judgement = new Judgement(probability, predicted, positive);
        assertThat(Judgement.unpacked(judgement.packed())).isEqualTo(judgement);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, -1e-6f, 1.0000001f, Float.POSITIVE_INFINITY})
  void shouldRefuseWhatIsNoProbability(float probability) {
    assertThatThrownBy(() -> new Judgement(probability, true, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected 0 to 1");
  }

  @Test
  void shouldBeRightByItsAnswerAndNotByItsProbability() {
    assertThat(new Judgement(0.6f, false, false).right()).isTrue();
    assertThat(new Judgement(0.6f, false, true).right()).isFalse();
    assertThat(new Judgement(0.6f, false, true).relabelled(false).right()).isTrue();
  }
}
