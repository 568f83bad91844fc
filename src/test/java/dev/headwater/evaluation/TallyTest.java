package dev.headwater.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TallyTest {
  @Test
  void shouldClaimNoAccuracyBeforeTheFirstAnswer() {
    assertThat(Tally.NONE.accuracy()).isEmpty();
  }

  @Test
  void shouldGiveTheShareOfRightAnswers() {
    var tally = Tally.NONE.plus(true).plus(false).plus(true).plus(true);
    assertThat(tally).isEqualTo(new Tally(4, 3));
    assertThat(tally.accuracy()).contains(0.75);
    assertThat(Tally.NONE.plus(false).accuracy()).contains(0.0);
  }

  @Test
  void shouldNotChangeTheTallyItGrowsFrom() {
    var one = Tally.NONE.plus(true);
    assertThat(one.plus(false)).isNotEqualTo(one);
    assertThat(one).isEqualTo(new Tally(1, 1));
  }
}
