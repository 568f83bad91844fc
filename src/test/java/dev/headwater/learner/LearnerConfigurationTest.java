package dev.headwater.learner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.backbone.BackboneId;
import dev.headwater.event.PromotionPolicy;
import dev.headwater.head.DecisionRule;
import dev.headwater.head.LearnerSettings;
import dev.headwater.learner.model.DriftReaction;
import dev.headwater.learner.model.EffectiveConfig;
import dev.headwater.learner.model.EffectiveConfig.Training;
import dev.headwater.learner.model.ModelCatalog;
import dev.headwater.learner.model.ModelSettings;
import dev.headwater.learner.model.RegressionReaction;
import dev.headwater.learner.model.ReleaseRules;
import java.util.List;
import org.junit.jupiter.api.Test;

class LearnerConfigurationTest {
  private static final String ANOTHER = "cd".repeat(32);
  private static final LearnerSettings SETTINGS = new LearnerSettings(16, 3, 70, 9);

  private static LearnerSetup setup() {
    return LearnerSetup.of(4);
  }

  private static LearnerConfiguration configured() {
    var settings =
        new ModelSettings("m", "good", "bad", DecisionRule.parse("best-f1"), PromotionPolicy.GATED);
    return setup()
        .settings(SETTINGS)
        .snapshotEvery(20)
        .catalog(new ModelCatalog(List.of(settings), true, 10))
        .reaction(DriftReaction.REPORT)
        .rules(new ReleaseRules(ReleaseRules.DEFAULT.gate(), RegressionReaction.ROLL_BACK, 7))
        .configuration();
  }

  @Test
  void shouldBeginAModelAfterAVersionOfAnotherBackbone() {
    var state = setup().quality(BackboneId.Quality.REDUCED).configuration().initialState(12);
    assertThat(state.backbone()).isEqualTo(LearnerSetup.FINGERPRINT);
    assertThat(state.reducedQuality()).isTrue();
    assertThat(state.version()).isEqualTo(12);
    assertThat(state.labels()).isZero();
    assertThat(state.reservoir().capacity()).isEqualTo(50);
  }

  @Test
  void shouldGoOnWithAModelOfTheSameBackboneOrOneThatHasLearnt() {
    var own = setup().configuration();
    var untaught = setup().backbone(ANOTHER).configuration().initialState(0);
    assertThat(own.continues(own.initialState(0))).isTrue();
    assertThat(own.continues(untaught)).as("no head to protect").isFalse();
    var process = new LearnerProcess(setup().backbone(ANOTHER));
    process.accept("m", PrequentialStepTest.image("a", true, ANOTHER));
    assertThat(own.continues(process.view("m").orElseThrow().state())).isTrue();
  }

  @Test
  void shouldKnowWhatOfItBecomesPartOfAModelsState() {
    assertThat(configured().effective("m"))
        .isEqualTo(
            new EffectiveConfig(
                PromotionPolicy.GATED,
                "best-f1",
                RegressionReaction.ROLL_BACK,
                7,
                new Training(List.of("good", "bad"), SETTINGS, 20, DriftReaction.REPORT)));
    var other = configured().effective("other");
    assertThat(other.policy()).isEqualTo(PromotionPolicy.CONTINUOUS);
    assertThat(other.training().classes()).containsExactly("negative", "positive");
  }

  @Test
  void shouldGiveBackTheConfigurationThatAStateWasWrittenBy() {
    var then = configured();
    var now = setup().configuration();
    var asThen = now.asOf(then.initialState(0), "m", then.effective("m"));
    assertThat(asThen.effective("m")).isEqualTo(then.effective("m"));
    assertThat(asThen.backbone()).isEqualTo(now.backbone());
    assertThat(asThen.policy().interval()).as("is of the clock").isEqualTo(now.policy().interval());
  }

  @Test
  void shouldGiveBackTheBackboneThatAStateWasWrittenBy() {
    var then = setup().backbone(ANOTHER).quality(BackboneId.Quality.REDUCED).configuration();
    var now = setup().configuration();
    var asThen = now.asOf(then.initialState(0), "m", then.effective("m"));
    assertThat(asThen.backbone().fingerprint()).isEqualTo(ANOTHER);
    assertThat(asThen.backbone().quality()).isEqualTo(BackboneId.Quality.REDUCED);
  }
}
