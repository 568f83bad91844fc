package dev.headwater.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds a card to {@link NaiveMeasures}. */
class ScoreCardTest {
  /** Sums in another order of adding. */
  private static final double ROUNDING = 1e-9;

  private static ScoreCard card(List<Judgement> answers) {
    var card = ScoreCard.NONE;
    for (var answer : answers) {
      card = card.plus(answer);
    }
    return card;
  }

  private static void assertAgree(ScoreCard card, List<Judgement> answers) {
    var window = NaiveMeasures.window(answers, ScoreCard.WINDOW);
    var overall = NaiveMeasures.overall(answers);
    var fading = NaiveMeasures.fading(answers, ScoreCard.FACTOR);
    assertAgree("window", card.window(), window, 0);
    assertAgree("overall", card.overall(), overall, overall.shareOfNearPairs(0.125));
    assertAgree("fading", card.fading(), fading, fading.shareOfNearPairs(0.125));
  }

  private static void assertAgree(
      String span, Measures actual, NaiveMeasures naive, double aucError) {
    var expected = naive.measures();
    assertThat(actual.examples()).as(span).isEqualTo(expected.examples());
    assertClose(span + " accuracy", actual.accuracy(), expected.accuracy(), 0);
    assertClose(span + " log-loss", actual.logLoss(), expected.logLoss(), 0);
    assertClose(span + " AUC", actual.auc(), expected.auc(), aucError);
    assertClose(span + " F1", actual.f1(), expected.f1(), 0);
    assertClose(span + " Brier", actual.brier(), expected.brier(), 0);
    assertClose(span + " calibration", actual.calibrationError(), expected.calibrationError(), 0);
  }

  private static void assertClose(
      String what, Optional<Double> actual, Optional<Double> expected, double error) {
    assertThat(actual.isPresent()).as(what).isEqualTo(expected.isPresent());
    if (expected.isPresent()) {
      assertThat(actual.get()).as(what).isCloseTo(expected.get(), within(error + ROUNDING));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void shouldAgreeWithTheDefinitionsAfterEachAnswerAndEachLabelThatChanges(long seed) {
    var drawn = new DrawnAnswers(seed);
    var random = new SplittableRandom(seed);
    var answers = new ArrayList<Judgement>();
    var card = ScoreCard.NONE;
    for (int n = 1; n <= 420; n++) {
      answers.add(drawn.next());
      card = card.plus(answers.get(n - 1));
      if (random.nextInt(4) == 0) {
        int at = random.nextInt(n);
        var before = answers.get(at);
        card = card.relabelled(before, at + 1, !before.positive());
        answers.set(at, before.relabelled(!before.positive()));
      }
      if (n < 12 || n % 37 == 0 || n == ScoreCard.WINDOW) {
        assertAgree(card, answers);
      }
    }
    assertAgree(card, answers);
  }

  @Test
  void shouldLeaveNothingOfALabelThatWasTakenBack() {
    var answers = new DrawnAnswers(11).next(300);
    var card = card(answers);
    var changed = card;
    for (int number : new int[] {1, 99, 150, 299, 300}) {
      var before = answers.get(number - 1);
      var after = before.relabelled(!before.positive());
      changed = changed.relabelled(before, number, after.positive());
      assertThat(changed.overall()).isNotEqualTo(card.overall());
      changed = changed.relabelled(after, number, before.positive());
    }
    assertThat(changed.recent()).isEqualTo(card.recent());
    assertAgree(changed, answers);
  }

  @Test
  void shouldClaimNothingBeforeTheFirstAnswer() {
    for (var measures :
        List.of(ScoreCard.NONE.overall(), ScoreCard.NONE.window(), ScoreCard.NONE.fading())) {
      assertThat(measures)
          .isEqualTo(
              new Measures(
                  0,
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty()));
    }
    assertThat(ScoreCard.NONE.accuracy()).isEmpty();
  }

  @Test
  void shouldClaimNeitherAucNorF1WhereTheyAreNotDefined() {
    var negatives =
        card(List.of(new Judgement(0.1f, false, false), new Judgement(0, false, false)));
    for (var measures : List.of(negatives.overall(), negatives.window(), negatives.fading())) {
      assertThat(measures.accuracy()).contains(1.0);
      assertThat(measures.auc()).isEmpty();
      assertThat(measures.f1()).isEmpty();
    }
    var missed = negatives.plus(new Judgement(0.2f, false, true));
    assertThat(missed.window().f1()).contains(0.0);
    assertThat(missed.window().auc()).contains(1.0);
  }

  @Test
  void shouldForgetAClassThatHasNotComeForThousandsOfAnswers() {
    var card = ScoreCard.NONE.plus(new Judgement(0.9f, true, true));
    for (int i = 0; i < 3_000; i++) {
      card = card.plus(new Judgement(0.25f, false, false));
    }
    assertThat(card.fading().auc()).isEmpty();
    assertThat(card.fading().f1()).isEmpty();
    assertThat(card.overall().auc()).contains(1.0);
    assertThat(card.fading().examples()).isEqualTo(3_001);
  }

  @Test
  void shouldBoundWhatOneConfidentMistakeCosts() {
    var mistake = card(List.of(new Judgement(1, true, false)));
    assertThat(mistake.overall().logLoss().orElseThrow()).isCloseTo(16.118, within(0.001));
    assertThat(mistake.overall().brier()).contains(1.0);
    assertThat(mistake.overall().calibrationError()).contains(1.0);
  }

  @Test
  void shouldTellHeadsApartThatAreAlwaysSure() {
    var answers = new ArrayList<Judgement>();
    for (int i = 0; i < 100; i++) {
      answers.add(new Judgement((float) (0.99 + 0.00009 * i), true, i >= 50));
    }
    assertThat(card(answers).overall().auc().orElseThrow()).isGreaterThan(0.98);
    assertThat(card(answers).window().auc()).contains(1.0);
  }
}
