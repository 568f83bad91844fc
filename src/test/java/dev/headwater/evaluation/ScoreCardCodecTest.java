package dev.headwater.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoreCardCodecTest {
  private static ScoreCard card(int answers) {
    var card = ScoreCard.NONE;
    for (var answer : new DrawnAnswers(5).next(answers)) {
      card = card.plus(answer);
    }
    return card;
  }

  @Test
  void shouldReadWhatItWrote() {
    for (int answers : List.of(0, 1, 2, 199, 200, 201, 1_500)) {
      var card = card(answers);
      var read = ScoreCardCodec.read(ScoreCardCodec.write(card));
      assertThat(read).isEqualTo(card);
      assertThat(read.fading()).isEqualTo(card.fading());
    }
  }

  /**
   * What lies in the state of services that run: a change of these bytes is a new format. Of ln 2,
   * 1/4, one true positive, 0.5 and 1 in the sixth bin, and 1 in the middle of the histogram.
   */
  @Test
  void shouldWriteTheBytesOfFormatTwo() {
    var card = ScoreCard.NONE.plus(new Judgement(0.5f, true, true));
    String sums = "bfccbb91e4dffe9cef01bfa0030003bfe0030005bfc0030009bfe00300f401bfe003004f";
    assertThat(HexFormat.of().formatHex(ScoreCardCodec.write(card)))
        .isEqualTo("02" + sums + sums + "ff000000");
  }

  @Test
  void shouldStaySmallHoweverManyAnswersThereAre() {
    var card = card(20_000);
    assertThat(ScoreCardCodec.write(ScoreCard.NONE)).hasSizeLessThan(16);
    assertThat(ScoreCardCodec.write(card)).hasSizeLessThan(4_000);
  }

  @Test
  void shouldRefuseAnotherFormatAndBytesThatEndEarly() {
    byte[] bytes = ScoreCardCodec.write(card(30));
    assertThatThrownBy(() -> ScoreCardCodec.read(Arrays.copyOf(bytes, 40)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("end too early");
    bytes[0] = 9;
    assertThatThrownBy(() -> ScoreCardCodec.read(bytes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("scores have format 9: this build reads 2");
  }
}
