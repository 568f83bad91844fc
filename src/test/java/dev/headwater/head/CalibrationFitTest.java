package dev.headwater.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CalibrationFitTest {
  private static final long EXPERIENCED = 10_000;

  @Test
  void shouldTrustTheLinearVoteAtOnceAndTheNetworkWithExperience() {
    var untried = CalibrationFit.fit(ScoreWindow.EMPTY, 0);
    assertThat(untried).isEqualTo(new Calibration(2, 0, 0, 0.5));
    assertThat(CalibrationFit.fit(ScoreWindow.EMPTY, 128).neural()).isCloseTo(0.15, within(1e-9));
    assertThat(CalibrationFit.fit(ScoreWindow.EMPTY, EXPERIENCED).neural())
        .isCloseTo(0.3, within(0.01));
  }

  @Test
  void shouldFindTheLogOddsThatTheVotesHaveAndTheShareThatTheClassesHave() {
    // Labels are drawn with log-odds 3 l - 1; the network's score is noise.
    var random = new SplittableRandom(11);
    var window = ScoreWindow.EMPTY;
    for (int i = 0; i < 4_000; i++) {
      double linear = random.nextGaussian();
      var scores = new BaseScores(linear, 3 * random.nextGaussian());
      boolean positive = random.nextDouble() < 1 / (1 + Math.exp(1 - 3 * linear));
      window = window.plus("i" + i, scores, positive);
    }
    var fitted = CalibrationFit.fit(window, EXPERIENCED);
    assertThat(fitted.linear()).isBetween(2.0, 4.0);
    assertThat(fitted.neural()).isLessThan(0.2);
    assertThat(fitted.bias()).isNegative();
  }

  @Test
  void shouldGiveNothingToAVoteThatIsMostlyWrong() {
    var random = new SplittableRandom(5);
    var window = ScoreWindow.EMPTY;
    for (int i = 0; i < 200; i++) {
      boolean positive = i % 2 == 0;
      double side = positive ? 1 : -1;
      window =
          window.plus(
              "i" + i,
              new BaseScores(side + 0.5 * random.nextGaussian(), -3 * side + random.nextGaussian()),
              positive);
    }
    var fitted = CalibrationFit.fit(window, EXPERIENCED);
    assertThat(fitted.neural()).isZero();
    assertThat(fitted.linear()).isGreaterThan(2);
  }

  @Test
  void shouldBeWhereNoSmallStepIsBetter() {
    var random = new SplittableRandom(3);
    var window = ScoreWindow.EMPTY;
    for (int i = 0; i < 150; i++) {
      boolean positive = random.nextInt(4) == 0;
      double side = positive ? 0.7 : -0.7;
      window =
          window.plus(
              "i" + i,
              new BaseScores(side + random.nextGaussian(), 2 * side + 3 * random.nextGaussian()),
              positive);
    }
    var best = CalibrationFit.fit(window, EXPERIENCED);
    double least = loss(best.linear(), best.neural(), best.bias(), window);
    for (double step : new double[] {-1e-3, 1e-3}) {
      assertThat(loss(best.linear() + step, best.neural(), best.bias(), window))
          .isGreaterThan(least);
      assertThat(loss(best.linear(), best.neural() + step, best.bias(), window))
          .isGreaterThan(least);
      assertThat(loss(best.linear(), best.neural(), best.bias() + step, window))
          .isGreaterThan(least);
    }
  }

  /** What is minimised, written down anew: weighted log-loss and the prior's squares. */
  private static double loss(double linear, double neural, double bias, ScoreWindow window) {
    double neuralPrior = 0.3 * EXPERIENCED / (EXPERIENCED + 128.0);
    double loss =
        (Math.pow(linear - 2, 2) + 10 * Math.pow(neural - neuralPrior, 2) + 10 * bias * bias) / 2;
    for (boolean positive : new boolean[] {false, true}) {
      for (JudgedScores judged : positive ? window.positives() : window.negatives()) {
        double logit = linear * judged.scores().linear() + neural * judged.scores().neural() + bias;
        double p = 1 / (1 + Math.exp(-logit));
        loss -= window.weight(positive) * Math.log(positive ? p : 1 - p);
      }
    }
    return loss;
  }
}
