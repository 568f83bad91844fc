package dev.headwater.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentAnswersTest {
  @Test
  void shouldClaimNoAccuracyBeforeTheFirstAnswer() {
    assertThat(RecentAnswers.ofSize(3).accuracy()).isEmpty();
  }

  @Test
  void shouldCountWhatThereIsUntilTheWindowIsFull() {
    var answers = RecentAnswers.ofSize(3).plus(true).plus(false);
    assertThat(answers.answers()).isEqualTo("10");
    assertThat(answers.accuracy()).contains(0.5);
  }

  @Test
  void shouldForgetTheOldestOnceTheWindowIsFull() {
    var answers = RecentAnswers.ofSize(3).plus(true).plus(true).plus(false).plus(false);
    assertThat(answers.answers()).isEqualTo("100");
    assertThat(answers.plus(false).accuracy()).contains(0.0);
  }

  @Test
  void shouldHoldASingleAnswer() {
    var answers = RecentAnswers.ofSize(1).plus(true).plus(false).plus(true);
    assertThat(answers.answers()).isEqualTo("1");
  }

  @Test
  void shouldFitAWindowThatBecameSmaller() {
    var restored = new RecentAnswers(2, "11110");
    assertThat(restored.plus(true).answers()).isEqualTo("01");
  }
}
