package dev.headwater.learner.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.evaluation.Judgement;
import dev.headwater.event.PromotionPolicy;
import dev.headwater.learner.model.RegressionReaction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HeadComparisonTest {
  private static final ComparisonExample POSITIVE = ReleaseFixture.example(1, true);

  private static ReleaseFixture ruledBy(String threshold) {
    return new ReleaseFixture(PromotionPolicy.GATED, RegressionReaction.REPORT, threshold);
  }

  @Test
  void shouldJudgeAllHeadsByTheThresholdThatIsFixed() {
    var fixture = ruledBy("0.99");
    var heads = new HeadComparison(fixture.release());
    var snapshot = ReleaseFixture.snapshot(1, ReleaseFixture.head(0, 2));
    assertThat(heads.of(snapshot).apply(POSITIVE).predictedPositive()).isFalse();
    assertThat(heads.inTraining().apply(POSITIVE))
        .as("0.98 was positive when it was answered")
        .isEqualTo(new Judgement(0.98f, false, true));
  }

  @Test
  void shouldJudgeAHeadByItsOwnThresholdWhereItIsTuned() {
    var heads = new HeadComparison(ruledBy("best-f1").release());
    var snapshot = ReleaseFixture.snapshot(1, ReleaseFixture.head(0, 2));
    assertThat(heads.of(snapshot).apply(POSITIVE).predictedPositive()).isTrue();
    assertThat(heads.of(snapshot.withThreshold(0.95)).apply(POSITIVE).predictedPositive())
        .isFalse();
    assertThat(heads.inTraining().apply(POSITIVE)).isEqualTo(POSITIVE.trained());
  }

  @Test
  void shouldTakeTheEarlierAnswerForAnImageThatTheHeadWasTaught() {
    var fixture = ruledBy("0.5");
    fixture.label(10, true);
    var taught = fixture.keep(1, ReleaseFixture.WRONG);
    var heads = new HeadComparison(fixture.release());
    var learnt = ReleaseFixture.example(10, true).learnt();
    assertThat(heads.untaught(taught).apply(learnt).right()).as("as trained").isTrue();
    assertThat(heads.untaught(taught).apply(ReleaseFixture.example(10, true)).right())
        .as("held out from the beginning")
        .isFalse();
    assertThat(heads.untaught(taught).apply(ReleaseFixture.example(11, true).learnt()).right())
        .as("learnt after the head was made")
        .isFalse();
  }

  @Test
  void shouldAskAnImportedHeadWhichWasTaughtNothingHere() {
    var fixture = ruledBy("0.5");
    fixture.label(10, true);
    var imported = fixture.keep(ReleaseFixture.snapshot(1, ReleaseFixture.WRONG), true);
    var learnt = ReleaseFixture.example(10, true).learnt();
    assertThat(new HeadComparison(fixture.release()).untaught(imported).apply(learnt).right())
        .isFalse();
  }

  @Test
  void shouldComparePairByPair() {
    var heads = new HeadComparison(ruledBy("0.5").release());
    var compared =
        HeadComparison.compare(
            Stream.of(1L, 2L, 3L).map(number -> ReleaseFixture.example(number, number != 3)),
            heads.of(ReleaseFixture.snapshot(1, ReleaseFixture.WRONG)),
            heads.inTraining());
    assertThat(compared.examples()).isEqualTo(3);
    assertThat(compared.servedRight()).isZero();
    assertThat(compared.candidateRight()).isEqualTo(2);
    assertThat(compared.onlyCandidateRight()).isEqualTo(2);
  }
}
