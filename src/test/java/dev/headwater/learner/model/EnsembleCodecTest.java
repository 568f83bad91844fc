package dev.headwater.learner.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.head.BaseScores;
import dev.headwater.head.Calibration;
import dev.headwater.head.LinearComponent;
import dev.headwater.head.ScoreWindow;
import org.junit.jupiter.api.Test;

class EnsembleCodecTest {

  @Test
  void shouldReadBackEveryBitThatWasWritten() {
    var window = ScoreWindow.EMPTY;
    for (int i = 0; i < 130; i++) {
      window = window.plus("image-" + i, new BaseScores(0.1 * i, -1.0 / (i + 1)), i % 3 == 0);
    }
    assertThat(EnsembleCodec.readWindow(EnsembleCodec.write(window))).isEqualTo(window);
    assertThat(EnsembleCodec.readWindow(EnsembleCodec.write(ScoreWindow.EMPTY)))
        .isEqualTo(ScoreWindow.EMPTY);
    var calibration = new Calibration(1.0 / 3, 0.1, -2.0 / 7, 0.42);
    assertThat(EnsembleCodec.readCalibration(EnsembleCodec.write(calibration)))
        .isEqualTo(calibration);
    var linear = new LinearComponent(new float[] {1f / 3, -2, 0}, 0.7f);
    var back = EnsembleCodec.readLinear(EnsembleCodec.write(linear));
    assertThat(back.copyOfWeights()).isEqualTo(linear.copyOfWeights());
    assertThat(back.bias()).isEqualTo(linear.bias());
  }

  @Test
  void shouldNameTheFormatOfALaterBuild() {
    byte[] bytes = EnsembleCodec.write(ScoreWindow.EMPTY);
    bytes[0] = 9;
    assertThatThrownBy(() -> EnsembleCodec.readWindow(bytes)).hasMessageContaining("format 9");
  }
}
