package dev.headwater.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GateTest {
  private static final Gate GATE = Gate.DEFAULT;

  /** Both heads right on all, but each alone on some; mean log-losses as given. */
  private static Comparison of(
      int examples, int onlyServed, int onlyCandidate, double servedLoss, double candidateLoss) {
    return new Comparison(
        examples,
        examples - onlyCandidate,
        examples - onlyServed,
        onlyServed,
        onlyCandidate,
        servedLoss * examples,
        candidateLoss * examples);
  }

  private static Comparison equal(int examples) {
    return of(examples, 0, 0, 0.3, 0.3);
  }

  @Test
  void shouldLetThroughAHeadThatIsNotWorse() {
    var verdict = GATE.judge(equal(32), Comparison.NONE, false);
    assertThat(verdict.passes()).isTrue();
    assertThat(verdict.reason())
        .isEqualTo(
            "not worse: accuracy 1.000 against 1.000, log-loss 0.300 against 0.300 of the head in"
                + " service, on the newest 32 examples");
    assertThat(GATE.judge(of(100, 2, 30, 0.6, 0.2), equal(100), false).passes()).isTrue();
  }

  @Test
  void shouldHoldWhatHasNotBeenComparedEnough() {
    var verdict = GATE.judge(of(31, 0, 31, 0.9, 0.1), equal(100), false);
    assertThat(verdict.passes()).isFalse();
    assertThat(verdict.reason())
        .isEqualTo(
            "31 labelled examples since the head in service was promoted, 32 are needed to compare");
  }

  @Test
  void shouldHoldAHeadThatIsRightLessOftenOnTheNewest() {
    var verdict = GATE.judge(of(100, 12, 2, 0.3, 0.3), equal(100), false);
    assertThat(verdict.passes()).isFalse();
    assertThat(verdict.reason())
        .startsWith("worse: accuracy 0.880 against 0.980")
        .endsWith("on the newest 100 examples");
  }

  @Test
  void shouldHoldAHeadOfHigherLogLossBeyondTheMargin() {
    assertThat(GATE.judge(of(64, 0, 0, 0.25, 0.296875), Comparison.NONE, false).passes()).isTrue();
    assertThat(GATE.judge(of(64, 0, 0, 0.25, 0.3125), Comparison.NONE, false).passes()).isFalse();
  }

  /** Who learns wrong labels fastest is best on the newest ones. */
  @Test
  void shouldHoldAHeadThatHasLearntWrongLabels() {
    var newest = of(64, 0, 50, 2.5, 0.4);
    var heldOut = of(40, 30, 0, 0.1, 2.0);
    var verdict = GATE.judge(newest, heldOut, false);
    assertThat(verdict.passes()).isFalse();
    assertThat(verdict.reason())
        .startsWith("worse: accuracy 0.250 against 1.000")
        .endsWith("on held-out 40 examples");
  }

  @Test
  void shouldHoldWhereTooFewAreHeldOutIfTheyAreNeeded() {
    var verdict = GATE.judge(equal(64), equal(19), true);
    assertThat(verdict.passes()).isFalse();
    assertThat(verdict.reason()).startsWith("19 held-out examples count, 20 are needed");
    assertThat(GATE.judge(equal(64), equal(20), true).passes()).isTrue();
  }

  @Test
  void shouldNotHearTooFewHeldOutExamples() {
    var newest = equal(64);
    assertThat(GATE.judge(newest, of(19, 19, 0, 0.1, 2.0), false).passes()).isTrue();
    assertThat(GATE.judge(newest, of(20, 20, 0, 0.1, 2.0), false).passes()).isFalse();
  }
}
