package dev.headwater.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class VoteWindowTest {
  private static final Votes VOTES = new Votes(0.5, -2);

  @Test
  void shouldKeepTheNewestOfEachClassHoweverRareOneIs() {
    var window = VoteWindow.EMPTY;
    for (int i = 0; i < 2_000; i++) {
      window = window.plus("i" + i, VOTES, i % 50 == 0);
    }
    assertThat(window.negatives()).hasSize(100);
    assertThat(window.positives()).hasSize(40);
    assertThat(window.negatives().get(99).image()).isEqualTo(JudgedVotes.imageKey("i1999"));
  }

  @Test
  void shouldWeighEachClassByItsShareOfTheNewestExamples() {
    var window = VoteWindow.EMPTY;
    for (int i = 0; i < 5_000; i++) {
      window = window.plus("i" + i, VOTES, i % 10 == 0);
    }
    double negative = window.weight(false) * window.negatives().size();
    double positive = window.weight(true) * window.positives().size();
    assertThat(negative + positive).isCloseTo(200, within(1e-9));
    assertThat(positive / 200).isCloseTo(0.1, within(0.02));
    assertThat(VoteWindow.EMPTY.weight(true)).isZero();
  }

  @Test
  void shouldJudgeAnewTheVotesOnAnImageWhoseLabelChanges() {
    var window =
        VoteWindow.EMPTY.plus("a", VOTES, true).plus("b", VOTES, false).plus("c", VOTES, true);
    var corrected = window.corrected("a", false);
    assertThat(corrected.positives()).hasSize(1);
    assertThat(corrected.negatives())
        .extracting(JudgedVotes::image)
        .containsExactly(JudgedVotes.imageKey("b"), JudgedVotes.imageKey("a"));
    assertThat(corrected.negativeCount() + corrected.positiveCount())
        .isCloseTo(window.negativeCount() + window.positiveCount(), within(1e-9));
    assertThat(corrected.corrected("a", true).positives()).hasSize(2);
    assertThat(window.corrected("unknown", false)).isEqualTo(window);
  }
}
