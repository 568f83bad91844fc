package dev.headwater.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.head.DecisionRule.BestF1;
import dev.headwater.head.DecisionRule.Fixed;
import dev.headwater.head.DecisionRule.Precision;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThresholdTuningTest {
  private static final Calibration CALIBRATION = new Calibration(1.5, 0.2, -0.5, 0.5);

  private final ScoreWindow window = window();

  private static ScoreWindow window() {
    var random = new SplittableRandom(17);
    var window = ScoreWindow.EMPTY;
    for (int i = 0; i < 3_000; i++) {
      boolean positive = i % 20 == 0;
      double side = positive ? 1.2 : -0.8;
      window =
          window.plus(
              "i" + i,
              new BaseScores(side + random.nextGaussian(), random.nextGaussian()),
              positive);
    }
    return window;
  }

  private double f1(double threshold) {
    double truePositives = weightFrom(true, threshold);
    double falsePositives = weightFrom(false, threshold);
    double missed = weightFrom(true, 0) - truePositives;
    return 2 * truePositives / (2 * truePositives + falsePositives + missed);
  }

  private double weightFrom(boolean positive, double threshold) {
    var judged = positive ? window.positives() : window.negatives();
    long above =
        judged.stream().filter(v -> CALIBRATION.probability(v.scores()) >= threshold).count();
    return above * window.weight(positive);
  }

  @Test
  void shouldFindNoWorseAnF1ThanAnyThresholdTriedOneByOne() {
    double tuned = ThresholdTuning.tune(CALIBRATION, window, new BestF1()).threshold();
    for (double threshold = 0.02; threshold < 0.98; threshold += 0.001) {
      assertThat(f1(tuned)).isGreaterThanOrEqualTo(f1(threshold) - 1e-12);
    }
    assertThat(f1(tuned)).isGreaterThan(f1(0.5));
  }

  @Test
  void shouldFindTheMostPositivesAtThePrecisionAskedFor() {
    double tuned = ThresholdTuning.tune(CALIBRATION, window, new Precision(0.8)).threshold();
    assertThat(precision(tuned)).isGreaterThanOrEqualTo(0.8);
    for (double threshold = 0.02; threshold < tuned; threshold += 0.001) {
      if (weightFrom(true, threshold) > weightFrom(true, tuned)) {
        assertThat(precision(threshold)).isLessThan(0.8);
      }
    }
  }

  private double precision(double threshold) {
    double found = weightFrom(true, threshold);
    return found / (found + weightFrom(false, threshold));
  }

  @Test
  void shouldKeepAFixedThresholdAndDecideByHalvesWhileThereIsTooLittleToTuneOn() {
    assertThat(ThresholdTuning.tune(CALIBRATION, window, new Fixed(0.3)).threshold())
        .isEqualTo(0.3);
    var few = ScoreWindow.EMPTY.plus("a", new BaseScores(1, 1), true);
    assertThat(ThresholdTuning.tune(CALIBRATION, few, new BestF1()).threshold())
        .isCloseTo(0.5, within(0.0));
  }

  @Test
  void shouldReadRulesAsTheyAreWritten() {
    assertThat(DecisionRule.parse("0.3")).isEqualTo(new Fixed(0.3));
    assertThat(DecisionRule.parse(" Best-F1 ")).isEqualTo(new BestF1());
    assertThat(DecisionRule.parse("precision >= 0.9")).isEqualTo(new Precision(0.9));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "high", "1", "0", "NaN", "-0.1", "precision>=1", "precision>=", "f1"})
  void shouldRefuseWhatIsNoRule(String text) {
    assertThatThrownBy(() -> DecisionRule.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected");
  }
}
