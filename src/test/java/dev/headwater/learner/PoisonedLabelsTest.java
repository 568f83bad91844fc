package dev.headwater.learner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.event.LifeEvent;
import dev.headwater.event.ModelCommand.Action;
import dev.headwater.event.ModelEvent.Kind;
import dev.headwater.event.PromotionPolicy;
import dev.headwater.head.DecisionRule;
import dev.headwater.learner.model.RegressionReaction;
import dev.headwater.learner.model.ReleaseRules;
import dev.headwater.snapshot.SnapshotFile;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A labeller inverts 200 labels in a row, of images that both classes' heads could tell apart; what
 * is asserted is on images that nobody has learnt.
 */
class PoisonedLabelsTest {
  private static final int INPUTS = 96;
  private static final int POISONED = 200;
  private static final int AFTERWARDS = 600;

  /** Labelled images to a version. */
  private static final int SLOW = 5;

  private final DrawnClasses data;
  private int next;

  PoisonedLabelsTest() {
    data = DrawnClasses.of(INPUTS, 3_000, 7);
  }

  private void label(LearnerFixture model, int count, boolean inverted, int perVersion) {
    for (int n = 0; n < count; n += perVersion) {
      label(model, perVersion, inverted);
      model.flush();
    }
  }

  private double label(LearnerFixture model, int count, boolean inverted) {
    double worst = 1;
    long measured = 0;
    for (int end = next + count; next < end; next++) {
      var image = data.learnt().get(next);
      model.take(image.embedding(), image.positive() != inverted);
      if (model.isServed() && model.served().version() != measured) {
        measured = model.served().version();
        worst = Math.min(worst, data.accuracy(model.served()));
      }
    }
    return worst;
  }

  @ParameterizedTest
  @CsvSource({"300", "700"})
  void shouldHoldAPoisonedHeadAndPromoteByItselfOnceLabelsAreRightAgain(int clean) {
    var model = new LearnerFixture(INPUTS, PromotionPolicy.GATED, ReleaseRules.DEFAULT);
    label(model, clean, false);
    double before = data.accuracy(model.served());

    double worst = label(model, POISONED, true);
    long stood = model.served().version();
    assertThat(before - worst).as("points lost by the served head").isLessThan(0.02);
    assertThat(before - data.accuracy(model.newest()))
        .as("points lost by the head in training")
        .isGreaterThan(0.2);
    assertThat(model.life()).last().extracting(LifeEvent::kind).isEqualTo(Kind.HELD);

    worst = label(model, AFTERWARDS, false);
    assertThat(model.served().version()).isGreaterThan(stood);
    assertThat(before - worst).isLessThan(0.02);
    assertThat(before - data.accuracy(model.newest())).isLessThan(0.02);
    assertThat(model.kinds()).contains(Kind.UNLEARNED).endsWith(Kind.PROMOTED);
  }

  @Test
  void shouldBringTheAccuracyBackWithOneRollbackUnderPolicyContinuous() {
    var model = new LearnerFixture(INPUTS, PromotionPolicy.CONTINUOUS, ReleaseRules.DEFAULT);
    label(model, 600, false);
    double before = data.accuracy(model.served());
    long good = model.served().version();
    label(model, POISONED, true);
    assertThat(before - data.accuracy(model.served())).isGreaterThan(0.2);

    var answer = model.command(Action.ROLLBACK, good);

    assertThat(answer.kind()).isEqualTo(Kind.ROLLED_BACK);
    assertThat(model.served().version()).isEqualTo(good);
    assertThat(data.accuracy(model.served())).isEqualTo(before);
    label(model, 200, false);
    assertThat(model.served().version()).as("pinned").isEqualTo(good);
    assertThat(before - data.accuracy(model.newest()))
        .as("what was learnt of wrong labels is forgotten")
        .isLessThan(0.02);

    model.command(Action.UNPIN);
    label(model, 200, false);
    assertThat(model.served().version()).isGreaterThan(good);
    assertThat(before - data.accuracy(model.served())).isLessThan(0.02);
  }

  @Test
  void shouldReportAServedHeadThatIsMuchWorseThanAnEarlierOneAndRollBackIfToldTo() {
    for (var reaction : RegressionReaction.values()) {
      next = 0;
      var rules = new ReleaseRules(ReleaseRules.DEFAULT.gate(), reaction, 10);
      var model = new LearnerFixture(INPUTS, PromotionPolicy.CONTINUOUS, rules);
      label(model, 600, false);
      label(model, POISONED, true);
      double poisoned = data.accuracy(model.served());
      label(model, 128, false);

      boolean isToRollBack = reaction == RegressionReaction.ROLL_BACK;
      assertThat(model.kinds()).containsOnlyOnce(Kind.REGRESSED);
      assertThat(model.kinds().contains(Kind.ROLLED_BACK)).isEqualTo(isToRollBack);
      if (isToRollBack) {
        assertThat(data.accuracy(model.served())).isGreaterThan(poisoned + 0.2);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(RegressionReaction.class)
  void shouldSeeARegressionWhereLabelsAreSoSlowThatFewMakeAVersion(RegressionReaction reaction) {
    var rules = new ReleaseRules(ReleaseRules.DEFAULT.gate(), reaction, 10);
    var model = new LearnerFixture(INPUTS, PromotionPolicy.CONTINUOUS, rules);
    label(model, 600, false, SLOW);
    assertThat(model.kinds()).doesNotContain(Kind.REGRESSED);
    label(model, POISONED, true, SLOW);
    double poisoned = data.accuracy(model.served());

    label(model, 60, false, SLOW);

    boolean isToRollBack = reaction == RegressionReaction.ROLL_BACK;
    assertThat(model.kinds()).containsOnlyOnce(Kind.REGRESSED);
    assertThat(model.kinds().contains(Kind.ROLLED_BACK)).isEqualTo(isToRollBack);
    if (isToRollBack) {
      assertThat(data.accuracy(model.served())).isGreaterThan(poisoned + 0.2);
    }
  }

  @Test
  void shouldProtectAModelThatWasTrainedUnderAnotherPolicy() {
    var model = new LearnerFixture(INPUTS, PromotionPolicy.CONTINUOUS, ReleaseRules.DEFAULT);
    label(model, 700, false);
    double before = data.accuracy(model.served());
    model.policy("gated");

    double worst = label(model, POISONED, true);

    assertThat(before - worst).as("points lost by the served head").isLessThan(0.02);
    long stood = model.served().version();
    label(model, AFTERWARDS, false);
    assertThat(model.served().version()).isGreaterThan(stood);
    assertThat(before - data.accuracy(model.served())).isLessThan(0.02);
  }

  @Test
  void shouldKeepWhatIsHeldOutWhileCommandsAloneDecide() {
    var model = new LearnerFixture(INPUTS, PromotionPolicy.GATED, ReleaseRules.DEFAULT);
    label(model, 600, false);
    double before = data.accuracy(model.served());
    label(model, 100, true);
    model.policy("manual");
    model.policy("gated");

    double worst = label(model, POISONED, true);

    assertThat(before - worst).as("points lost by the served head").isLessThan(0.02);
  }

  @Test
  void shouldNotCallBetterWhatNeverServedThoughItsNumberIsLower() {
    var model = new LearnerFixture(INPUTS, PromotionPolicy.CONTINUOUS, ReleaseRules.DEFAULT);
    label(model, 400, false);
    model.policy("manual");
    label(model, 900, true);
    model.threshold("0.5");
    label(model, 150, true);
    assertThat(model.newest().version()).isGreaterThan(model.served().version());
    assertThat(model.kinds()).doesNotContain(Kind.REGRESSED);
  }

  @Test
  void shouldNotTakeAnotherThresholdForAnotherHead() {
    var model = new LearnerFixture(INPUTS, PromotionPolicy.GATED, ReleaseRules.DEFAULT);
    label(model, 600, false);
    model.restart(DecisionRule.parse("0.97"));
    label(model, 300, false);
    assertThat(model.served().threshold()).as("comes into service").isEqualTo(0.97);
    assertThat(model.kinds()).doesNotContain(Kind.UNLEARNED);
  }

  @Test
  void shouldNotUndoAThresholdThatIsCommanded() {
    var rules = new ReleaseRules(ReleaseRules.DEFAULT.gate(), RegressionReaction.ROLL_BACK, 10);
    var model = new LearnerFixture(INPUTS, PromotionPolicy.CONTINUOUS, rules);
    label(model, 600, false);
    model.threshold("0.97");
    label(model, 300, false);
    assertThat(model.kinds()).doesNotContain(Kind.REGRESSED, Kind.ROLLED_BACK);
    assertThat(model.served().threshold()).isEqualTo(0.97);
  }

  @Test
  void shouldForgetWhatSpoiltTheHeadAndNotWhatMendsIt() {
    var model = new LearnerFixture(INPUTS, PromotionPolicy.CONTINUOUS, ReleaseRules.DEFAULT);
    label(model, 400, false);
    double before = data.accuracy(model.served());
    long good = model.served().version();
    label(model, 400, true);
    model.policy("gated");
    model.command(Action.PROMOTE, good);

    label(model, 700, false);

    assertThat(model.kinds().stream().filter(kind -> kind == Kind.UNLEARNED)).hasSizeLessThan(3);
    assertThat(before - data.accuracy(model.newest())).isLessThan(0.02);
    assertThat(model.served().version()).isGreaterThan(good);
  }

  @Test
  void shouldProtectAnImportedHeadThatNothingWasLearntBeside() throws Exception {
    var teacher = new LearnerFixture(INPUTS, PromotionPolicy.CONTINUOUS, ReleaseRules.DEFAULT);
    label(teacher, 300, false);
    var model = new LearnerFixture(INPUTS, PromotionPolicy.GATED, ReleaseRules.DEFAULT);
    model.importFile(SnapshotFile.write(teacher.served()));
    long imported = model.served().version();
    label(model, POISONED, true);
    assertThat(model.served().version()).isEqualTo(imported);
  }

  @Test
  void shouldNotTakeForARegressionWhatNeverServed() {
    var rules = new ReleaseRules(ReleaseRules.DEFAULT.gate(), RegressionReaction.ROLL_BACK, 10);
    var model = new LearnerFixture(INPUTS, PromotionPolicy.CONTINUOUS, rules);
    label(model, 400, false);
    model.policy("manual");
    long good = model.served().version();
    label(model, 400, true);
    label(model, 40, false);
    model.policy("continuous");
    label(model, 20, false);
    assertThat(model.kinds()).doesNotContain(Kind.REGRESSED, Kind.ROLLED_BACK);
    assertThat(model.release().history()).contains(good);
  }

  @Test
  void shouldServeWhatChangedForGoodInTheEnd() {
    var model = new LearnerFixture(INPUTS, PromotionPolicy.GATED, ReleaseRules.DEFAULT);
    label(model, 600, false);
    double before = data.accuracy(model.served());
    label(model, 900, true);
    assertThat(before - data.accuracy(model.served()))
        .as("the meaning of labels has changed, and the served head follows")
        .isGreaterThan(0.2);
  }

  @Test
  void shouldPromoteAndReportNothingElseWhereNothingIsWrong() {
    for (var policy : List.of(PromotionPolicy.CONTINUOUS, PromotionPolicy.GATED)) {
      next = 0;
      var model = new LearnerFixture(INPUTS, policy, ReleaseRules.DEFAULT);
      label(model, 900, false);
      assertThat(model.kinds())
          .contains(Kind.PROMOTED)
          .doesNotContain(Kind.REGRESSED, Kind.UNLEARNED, Kind.ROLLED_BACK);
      assertThat(model.newest().version() - model.served().version()).isLessThan(4);
    }
  }
}
