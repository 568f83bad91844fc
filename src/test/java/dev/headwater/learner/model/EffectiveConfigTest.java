package dev.headwater.learner.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.event.Json;
import dev.headwater.event.PromotionPolicy;
import dev.headwater.head.DecisionRule;
import dev.headwater.head.LearnerSettings;
import dev.headwater.learner.model.EffectiveConfig.Training;
import java.util.List;
import org.junit.jupiter.api.Test;

class EffectiveConfigTest {
  private static final EffectiveConfig CONFIG =
      new EffectiveConfig(
          PromotionPolicy.GATED,
          "precision>=0.9",
          RegressionReaction.ROLL_BACK,
          7,
          new Training(
              List.of("good", "bad"), new LearnerSettings(16, 3, 70, 9), 20, DriftReaction.REPORT));

  @Test
  void shouldGiveBackTheSettingsOfItsModel() {
    assertThat(CONFIG.settings("m"))
        .isEqualTo(
            new ModelSettings(
                "m", "good", "bad", new DecisionRule.Precision(0.9), PromotionPolicy.GATED));
  }

  /** It is part of the release record. */
  @Test
  void shouldBeWrittenAsEver() throws Exception {
    String golden =
        """
        {"policy":"gated","threshold":"precision>=0.9","onRegression":"ROLL_BACK","keep":7,\
        "training":{"classes":["good","bad"],"learner":{"batchSize":16,"replayBatches":3,\
        "reservoirCapacity":70,"seed":9},"snapshotExamples":20,"onDrift":"REPORT"}}\
        """;
    assertThat(Json.text(CONFIG)).isEqualTo(golden);
    assertThat(Json.MAPPER.readValue(golden, EffectiveConfig.class)).isEqualTo(CONFIG);
  }
}
