package dev.headwater.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScoreWindowTest {
  private static final BaseScores VOTES = new BaseScores(0.5, -2);

  @Test
  void shouldKeepTheNewestOfEachClassHoweverRareOneIs() {
    var window = ScoreWindow.EMPTY;
    for (int i = 0; i < 2_000; i++) {
      window = window.plus("i" + i, VOTES, i % 50 == 0);
    }
    assertThat(window.negatives()).hasSize(100);
    assertThat(window.positives()).hasSize(40);
    assertThat(window.negatives().get(99).image()).isEqualTo(JudgedScores.imageKey("i1999"));
  }

  @Test
  void shouldWeighEachClassByItsShareOfTheNewestExamples() {
    var window = ScoreWindow.EMPTY;
    for (int i = 0; i < 5_000; i++) {
      window = window.plus("i" + i, VOTES, i % 10 == 0);
    }
    double negative = window.weight(false) * window.negatives().size();
    double positive = window.weight(true) * window.positives().size();
    assertThat(negative + positive).isCloseTo(200, within(1e-9));
    assertThat(positive / 200).isCloseTo(0.1, within(0.02));
    assertThat(ScoreWindow.EMPTY.weight(true)).isZero();
  }

  @Test
  void shouldBeAsIfACorrectedLabelHadBeenSoFromTheBeginning() {
    var corrected = ScoreWindow.EMPTY;
    var right = ScoreWindow.EMPTY;
    for (int i = 0; i < 150; i++) {
      boolean mislabelled = i % 5 == 0;
      boolean positive = i % 2 == 0;
      corrected = corrected.plus("i" + i, VOTES, positive != mislabelled);
      right = right.plus("i" + i, VOTES, positive);
    }
    for (int i = 0; i < 150; i += 5) {
      corrected = corrected.corrected("i" + i, i % 2 == 0);
    }
    assertThat(corrected.negatives()).isEqualTo(right.negatives());
    assertThat(corrected.positives()).isEqualTo(right.positives());
    assertThat(corrected.negativeCount()).isCloseTo(right.negativeCount(), within(1e-9));
    assertThat(corrected.positiveCount()).isCloseTo(right.positiveCount(), within(1e-9));
    assertThat(corrected.corrected("unknown", false)).isSameAs(corrected);
  }
}
