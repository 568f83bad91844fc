package dev.headwater.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.head.Calibration;
import dev.headwater.head.LinearVote;
import dev.headwater.head.VoteWindow;
import dev.headwater.head.Votes;
import org.junit.jupiter.api.Test;

class VoteCodecTest {

  @Test
  void shouldReadBackEveryBitThatWasWritten() {
    var window = VoteWindow.EMPTY;
    for (int i = 0; i < 130; i++) {
      window = window.plus("image-" + i, new Votes(0.1 * i, -1.0 / (i + 1)), i % 3 == 0);
    }
    assertThat(VoteCodec.readWindow(VoteCodec.write(window))).isEqualTo(window);
    assertThat(VoteCodec.readWindow(VoteCodec.write(VoteWindow.EMPTY))).isEqualTo(VoteWindow.EMPTY);
    var calibration = new Calibration(1.0 / 3, 0.1, -2.0 / 7, 0.42);
    assertThat(VoteCodec.readCalibration(VoteCodec.write(calibration))).isEqualTo(calibration);
    var vote = new LinearVote(new float[] {1f / 3, -2, 0}, 0.7f);
    var back = VoteCodec.readLinear(VoteCodec.write(vote));
    assertThat(back.copyOfWeights()).isEqualTo(vote.copyOfWeights());
    assertThat(back.bias()).isEqualTo(vote.bias());
  }

  @Test
  void shouldNameTheFormatOfALaterBuild() {
    byte[] bytes = VoteCodec.write(VoteWindow.EMPTY);
    bytes[0] = 9;
    assertThatThrownBy(() -> VoteCodec.readWindow(bytes)).hasMessageContaining("format 9");
  }
}
