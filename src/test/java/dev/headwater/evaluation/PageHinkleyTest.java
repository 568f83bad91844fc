package dev.headwater.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Holds the test to Page's and the e-detector's bounds, with a mean that is well known. */
class PageHinkleyTest {
  private static final long MANY = 1_000_000;

  private static PageHinkley plus(PageHinkley test, double error, double rate) {
    return test.plus(error, MANY, MANY * rate);
  }

  @Test
  void shouldWeighAnErrorByHowMuchMoreLikelyItIsAfterTheShift() {
    double rate = 0.1;
    double shifted = PageHinkley.shifted(rate);

    double score = plus(PageHinkley.NONE, 1, rate).score();

    assertThat(shifted).isCloseTo(0.325, within(1e-12));
    assertThat(score).isCloseTo(Math.log(shifted / rate), within(0.01));
    assertThat(plus(plus(PageHinkley.NONE, 1, rate), 0, rate).score())
        .isCloseTo(score + Math.log((1 - shifted) / (1 - rate)), within(0.01));
  }

  @Test
  void shouldStartAnewWhenTheSumFallsToZero() {
    assertThat(plus(PageHinkley.NONE, 0, 0.1)).isEqualTo(PageHinkley.NONE);
  }

  @Test
  void shouldSayWhatTheSumIsOver() {
    var test = plus(plus(plus(PageHinkley.NONE, 1, 0.1), 0, 0.1), 1, 0.1);

    assertThat(test.count()).isEqualTo(3);
    assertThat(test.errors()).isEqualTo(2);
  }

  /** Expected false alarms in n examples are at most n e^-threshold, whatever the losses. */
  @Test
  void shouldAlarmNoMoreOftenThanItsBoundOnErrorsAndOnAnyOtherLoss() {
    assertThat(falseAlarms(r -> r.nextDouble() < 0.05 ? 1 : 0, 0.05)).isLessThanOrEqualTo(40);
    assertThat(falseAlarms(r -> r.nextDouble() < 0.4 ? 1 : 0, 0.4)).isLessThanOrEqualTo(40);
    assertThat(falseAlarms(r -> Math.pow(r.nextDouble(), 9), 0.1)).isLessThanOrEqualTo(40);
  }

  private static int falseAlarms(ToDoubleFunction<Random> loss, double mean) {
    var random = new Random(1);
    var test = PageHinkley.NONE;
    int alarms = 0;
    for (int i = 0; i < 4_000_000; i++) {
      test = plus(test, loss.applyAsDouble(random), mean);
      if (test.isAlarm()) {
        alarms++;
        test = PageHinkley.NONE;
      }
    }
    System.out.printf("Page-Hinkley mean %s: %d false alarms in 4 000 000%n", mean, alarms);
    return alarms;
  }

  /** The expected delay of Page's test is its threshold over the divergence of the two rates. */
  @Test
  void shouldFindTheShiftItIsMadeForAsFastAsTheoryAllows() {
    double rate = 0.1;
    double shifted = PageHinkley.shifted(rate);
    double divergence =
        shifted * Math.log(shifted / rate) + (1 - shifted) * Math.log((1 - shifted) / (1 - rate));
    double total = 0;
    int runs = 2000;
    var random = new Random(2);
    for (int run = 0; run < runs; run++) {
      var test = PageHinkley.NONE;
      while (!test.isAlarm()) {
        test = plus(test, random.nextDouble() < shifted ? 1 : 0, rate);
        total++;
      }
    }
    double expected = PageHinkley.THRESHOLD / divergence;
    System.out.printf("Page-Hinkley: mean delay %.1f, theory %.1f%n", total / runs, expected);
    assertThat(total / runs).isBetween(0.8 * expected, 1.1 * expected);
  }

  @Test
  void shouldBeCarefulWhileTheMeanIsOfFewExamples() {
    assertThat(PageHinkley.NONE.plus(1, 0, 0)).isEqualTo(PageHinkley.NONE);
    assertThat(PageHinkley.NONE.plus(1, 10, 0).score())
        .isLessThan(PageHinkley.NONE.plus(1, 1000, 0).score());
  }
}
