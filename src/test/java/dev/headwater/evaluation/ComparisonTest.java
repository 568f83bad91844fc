package dev.headwater.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final double MARGIN = 0.02;

  private static Judgement says(double probability, boolean label) {
    return new Judgement((float) probability, probability >= 0.5, label);
  }

  /** A comparison of heads that agree but on so many examples; log-loss aside. */
  private static Comparison of(int examples, int onlyServed, int onlyCandidate) {
    int both = (examples - onlyServed - onlyCandidate) / 2;
    return new Comparison(
        examples, both + onlyServed, both + onlyCandidate, onlyServed, onlyCandidate, 0, 0);
  }

  /** The same, the candidate's mean log-loss 0.3 and that of the head in service 0.9. */
  private static Comparison wins(int examples, int onlyServed, int onlyCandidate) {
    var wins = of(examples, onlyServed, onlyCandidate);
    return withLoss(wins, 0.9, 0.3);
  }

  private static Comparison withLoss(Comparison wins, double served, double candidate) {
    return new Comparison(
        wins.examples(),
        wins.servedRight(),
        wins.candidateRight(),
        wins.onlyServedRight(),
        wins.onlyCandidateRight(),
        served * wins.examples(),
        candidate * wins.examples());
  }

  @Test
  void shouldClaimNothingOfNoExample() {
    assertThat(Comparison.NONE.servedAccuracy()).isZero();
    assertThat(Comparison.NONE.candidateAccuracy()).isZero();
    assertThat(Comparison.NONE.servedLogLoss()).isZero();
    assertThat(Comparison.NONE.candidateLogLoss()).isZero();
    assertThat(Comparison.NONE.candidateIsRightLessOften(MARGIN)).isFalse();
    assertThat(Comparison.NONE.candidateIsMuchBetter()).isFalse();
    assertThat(Comparison.NONE.servedIsMuchBetter()).isFalse();
  }

  @Test
  void shouldCountPairByPair() {
    var compared =
        Comparison.NONE
            .plus(says(0.9, true), says(0.8, true))
            .plus(says(0.9, true), says(0.2, true))
            .plus(says(0.9, false), says(0.2, false))
            .plus(says(0.9, false), says(0.7, false))
            .plus(says(0.9, true), says(0.4, true));

    assertThat(compared.examples()).isEqualTo(5);
    assertThat(compared.servedRight()).isEqualTo(3);
    assertThat(compared.candidateRight()).isEqualTo(2);
    assertThat(compared.onlyServedRight()).isEqualTo(2);
    assertThat(compared.onlyCandidateRight()).isEqualTo(1);
    assertThat(compared.servedAccuracy()).isEqualTo(0.6);
    assertThat(compared.servedLogLoss())
        .isCloseTo(-(3 * Math.log(0.9) + 2 * Math.log(0.1)) / 5, offset(1e-6));
    assertThat(compared.candidateLogLoss())
        .isCloseTo(
            -(Math.log(0.8) + Math.log(0.2) + Math.log(0.8) + Math.log(0.3) + Math.log(0.4)) / 5,
            offset(1e-6));
  }

  @Test
  void shouldLetNoConfidentMistakeCountMoreThanOneInAHundred() {
    var compared = Comparison.NONE.plus(says(1, false), says(0, true));
    assertThat(compared.servedLogLoss()).isCloseTo(-Math.log(0.01), offset(1e-9));
    assertThat(compared.candidateLogLoss()).isCloseTo(-Math.log(0.01), offset(1e-9));
    var right = Comparison.NONE.plus(says(1, true), says(0, false));
    assertThat(right.servedLogLoss()).isCloseTo(-Math.log(0.99), offset(1e-9));
  }

  @Test
  void shouldPutDownToLuckWhatIsWithinTheMarginAndOneDeviation() {
    assertThat(of(100, 9, 4).candidateIsRightLessOften(MARGIN)).as("5 < 2 + 3.6").isFalse();
    assertThat(of(100, 10, 4).candidateIsRightLessOften(MARGIN)).as("6 > 2 + 3.7").isTrue();
    assertThat(of(100, 4, 0).candidateIsRightLessOften(MARGIN)).as("4 = 2 + 2").isFalse();
    assertThat(of(100, 0, 40).candidateIsRightLessOften(MARGIN)).isFalse();
  }

  @Test
  void shouldCallAHeadMuchBetterOnlyByAllThreeMeasures() {
    assertThat(wins(100, 2, 30).candidateIsMuchBetter()).as("28 >= 4 x 5.7").isTrue();
    assertThat(wins(400, 2, 30).candidateIsMuchBetter()).as("7 points").isFalse();
    assertThat(wins(100, 10, 34).candidateIsMuchBetter()).as("24 < 4 x 6.6").isFalse();
    assertThat(withLoss(wins(100, 2, 30), 0.9, 0.65).candidateIsMuchBetter())
        .as("a log-loss that knows little")
        .isFalse();
    assertThat(withLoss(wins(100, 2, 30), 0.2, 0.3).candidateIsMuchBetter())
        .as("a higher log-loss")
        .isFalse();
  }

  @Test
  void shouldJudgeTheHeadInServiceByTheSameMeasures() {
    var served = withLoss(of(100, 30, 2), 0.3, 0.9);
    assertThat(served.servedIsMuchBetter()).isTrue();
    assertThat(served.candidateIsMuchBetter()).isFalse();
    assertThat(wins(100, 2, 30).servedIsMuchBetter()).isFalse();
  }
}
