package dev.headwater.learner.release;

import static dev.headwater.event.PromotionPolicy.CONTINUOUS;
import static dev.headwater.event.PromotionPolicy.GATED;
import static dev.headwater.event.PromotionPolicy.MANUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.evaluation.Gate;
import dev.headwater.event.LifeEvent;
import dev.headwater.event.ModelEvent.Kind;
import dev.headwater.head.DenseHead;
import dev.headwater.learner.model.LearnerOutput;
import dev.headwater.learner.model.LearnerOutput.NewEvent;
import dev.headwater.learner.model.LearnerOutput.Promoted;
import dev.headwater.learner.model.RegressionReaction;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromotionsTest {
  private static final int ENOUGH = Gate.DEFAULT.least();

  private static List<LearnerOutput> make(ReleaseFixture fixture, long version, DenseHead head) {
    var candidate = fixture.keep(version, head);
    return new Promotions(Gate.DEFAULT, fixture.learner())
        .decide(fixture.model(), candidate, ReleaseFixture.TIME);
  }

  private static List<LifeEvent> events(List<LearnerOutput> outputs) {
    return outputs.stream()
        .filter(NewEvent.class::isInstance)
        .map(output -> (LifeEvent) ((NewEvent) output).event())
        .toList();
  }

  private static List<Kind> kinds(List<LearnerOutput> outputs) {
    return events(outputs).stream().map(LifeEvent::kind).toList();
  }

  private static void assertServes(ReleaseFixture fixture, List<LearnerOutput> outputs, long next) {
    assertThat(fixture.release().served()).isEqualTo(next);
    assertThat(outputs)
        .filteredOn(Promoted.class::isInstance)
        .extracting(output -> ((Promoted) output).file())
        .containsExactly(fixture.release().kept().file(next));
  }

  @Test
  void shouldPutTheFirstVersionIntoServiceUnlessCommandsDecide() {
    for (var policy : List.of(CONTINUOUS, GATED)) {
      var fixture = new ReleaseFixture(policy);
      var outputs = make(fixture, 1, ReleaseFixture.WRONG);
      assertThat(kinds(outputs)).containsExactly(Kind.PROMOTED);
      assertServes(fixture, outputs, 1);
    }
    var manual = new ReleaseFixture(MANUAL);
    assertThat(make(manual, 1, ReleaseFixture.RIGHT)).isEmpty();
    assertThat(manual.release().served()).isZero();
  }

  @Test
  void shouldLetEachVersionFollowUnderPolicyContinuous() {
    var fixture = new ReleaseFixture(CONTINUOUS);
    make(fixture, 1, ReleaseFixture.RIGHT);
    fixture.label(10, true);
    var outputs = make(fixture, 2, ReleaseFixture.WRONG);
    assertServes(fixture, outputs, 2);
    assertThat(events(outputs).get(0).message())
        .isEqualTo("version 2 of model m came into service: policy continuous");
    assertThat(events(outputs).get(0).previous()).isEqualTo(1);
    assertThat(fixture.release().isFollowing()).isTrue();
  }

  @Test
  void shouldLeaveAPinnedVersionInService() {
    var fixture = new ReleaseFixture(CONTINUOUS);
    make(fixture, 1, ReleaseFixture.RIGHT);
    fixture.release().pin(true);
    assertThat(make(fixture, 2, ReleaseFixture.RIGHT)).isEmpty();
    assertThat(fixture.release().served()).isEqualTo(1);
  }

  @Test
  void shouldHoldAVersionUntilThereIsEnoughToCompareOn() {
    var fixture = new ReleaseFixture(GATED);
    make(fixture, 1, ReleaseFixture.RIGHT);
    fixture.label(ENOUGH - 1, true);
    var held = make(fixture, 2, ReleaseFixture.RIGHT);
    assertThat(kinds(held)).containsExactly(Kind.HELD);
    assertThat(events(held).get(0).message()).startsWith("version 2 of model m is held: 31 ");
    assertThat(fixture.release().served()).isEqualTo(1);
    fixture.label(1, true);
    var outputs = make(fixture, 3, ReleaseFixture.RIGHT);
    assertThat(kinds(outputs)).containsExactly(Kind.PROMOTED);
    assertThat(events(outputs).get(0).recent().orElseThrow().examples()).isEqualTo(ENOUGH);
    assertServes(fixture, outputs, 3);
    assertThat(fixture.release().isFollowing()).as("it has proved itself").isFalse();
  }

  @Test
  void shouldForgetOnceWhatHasMadeTheHeadInTrainingMuchWorse() {
    var fixture = new ReleaseFixture(GATED);
    fixture.label(10, true);
    make(fixture, 1, ReleaseFixture.RIGHT);
    fixture.label(ENOUGH, false);
    var outputs = make(fixture, 2, ReleaseFixture.WRONG);
    assertThat(kinds(outputs)).containsExactly(Kind.HELD, Kind.UNLEARNED);
    assertThat(events(outputs).get(1).message()).endsWith("learnt after example 10 is forgotten");
    assertThat(fixture.release().base()).isEqualTo(1);
    assertThat(fixture.release().comparisonSet().compared()).isZero();
    fixture.label(ENOUGH, false);
    assertThat(kinds(make(fixture, 3, ReleaseFixture.WRONG)))
        .as("what came since is no accident")
        .containsExactly(Kind.HELD);
  }

  @Test
  void shouldForgetNothingWhereACommandAskedForProof() {
    var fixture = new ReleaseFixture(GATED);
    make(fixture, 1, ReleaseFixture.RIGHT);
    fixture.release().requireGate(true);
    fixture.label(ENOUGH, false);
    assertThat(kinds(make(fixture, 2, ReleaseFixture.WRONG))).containsExactly(Kind.HELD);
  }

  @Test
  void shouldAskForProofOnce() {
    var fixture = new ReleaseFixture(CONTINUOUS);
    make(fixture, 1, ReleaseFixture.RIGHT);
    fixture.release().requireGate(true);
    fixture.label(ENOUGH, true);
    assertServes(fixture, make(fixture, 2, ReleaseFixture.RIGHT), 2);
    assertThat(fixture.release().requiresGate()).isFalse();
  }

  /** Version 1 is always right, 2 always wrong; both follow under policy continuous. */
  private static List<LearnerOutput> regress(ReleaseFixture fixture) {
    fixture.label(10, true);
    make(fixture, 1, ReleaseFixture.RIGHT);
    fixture.label(10, true);
    make(fixture, 2, ReleaseFixture.WRONG);
    fixture.label(ENOUGH, false);
    return make(fixture, 3, ReleaseFixture.WRONG);
  }

  @Test
  void shouldReportARegressionAndGoOn() {
    var fixture = new ReleaseFixture(CONTINUOUS);
    var outputs = regress(fixture);
    assertThat(kinds(outputs)).containsExactly(Kind.REGRESSED, Kind.PROMOTED);
    assertThat(events(outputs).get(0).version()).as("the better one").isEqualTo(1);
    assertServes(fixture, outputs, 3);
    fixture.label(ENOUGH, false);
    assertThat(kinds(make(fixture, 4, ReleaseFixture.WRONG)))
        .as("reported lately")
        .containsExactly(Kind.PROMOTED);
  }

  @Test
  void shouldRollBackByItselfIfToldTo() {
    var fixture = new ReleaseFixture(CONTINUOUS, RegressionReaction.ROLL_BACK, "0.5");
    var outputs = regress(fixture);
    assertThat(kinds(outputs)).containsExactly(Kind.REGRESSED, Kind.ROLLED_BACK);
    assertServes(fixture, outputs, 1);
    assertThat(fixture.release().requiresGate()).isTrue();
    assertThat(fixture.release().serving().history()).containsExactly(1L);
  }

  @Test
  void shouldOnlyReportWhereCommandsDecide() {
    var fixture = new ReleaseFixture(CONTINUOUS, RegressionReaction.ROLL_BACK, "0.5");
    fixture.label(10, true);
    make(fixture, 1, ReleaseFixture.RIGHT);
    fixture.label(10, true);
    make(fixture, 2, ReleaseFixture.WRONG);
    fixture.release().pin(true);
    fixture.label(ENOUGH, true);
    assertThat(kinds(make(fixture, 3, ReleaseFixture.RIGHT))).containsExactly(Kind.REGRESSED);
    assertThat(fixture.release().served()).isEqualTo(2);
  }
}
