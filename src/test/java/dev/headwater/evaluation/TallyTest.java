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
    assertThat(new Tally(4, 3).accuracy()).contains(0.75);
    assertThat(new Tally(1, 0).accuracy()).contains(0.0);
  }
}
