package dev.headwater.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.head.LabelAdvisor.Purse;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelAdvisorTest {
  private static final int LOAN = 10;

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.05, 0.1, 0.3, 1})
  void shouldNeverAskForMoreThanTheBudgetAndTheLoan(double budget) {
    var random = new SplittableRandom(3);
    var advisor = new LabelAdvisor(budget, Purse.lent(LOAN));
    long asked = 0;
    for (int n = 1; n <= 20_000; n++) {
      // A doubt that keeps rising makes each image the most doubtful so far, at times.
      double doubt = n % 2_000 < 500 ? n : random.nextDouble();
      asked += advisor.asks(doubt) ? 1 : 0;
      double owed = Math.max(0, LOAN - 0.3 * budget * n);
      assertThat((double) asked).isLessThanOrEqualTo(budget * n + owed + 1e-6);
    }
    assertThat(asked / 20_000.0).as("spent").isGreaterThan(0.8 * budget);
  }

  @Test
  void shouldAskForTheDoubtfulImagesRatherThanOthers() {
    var random = new SplittableRandom(8);
    var advisor = new LabelAdvisor(0.1, Purse.lent(LOAN));
    int asked = 0;
    int askedInDoubt = 0;
    for (int n = 0; n < 5_000; n++) {
      double doubt = random.nextDouble();
      if (advisor.asks(doubt) && n >= 100) {
        asked++;
        askedInDoubt += doubt > 0.75 ? 1 : 0;
      }
    }
    assertThat(askedInDoubt).isGreaterThan((int) (0.9 * asked));
  }

  @Test
  void shouldAskForTheFirstImagesAndForNoneWithoutABudget() {
    var advisor = new LabelAdvisor(0.1, Purse.lent(LOAN));
    for (int n = 0; n < LOAN; n++) {
      assertThat(advisor.asks()).isTrue();
    }
    var none = new LabelAdvisor(0, Purse.lent(LOAN));
    for (int n = 0; n < 1_000; n++) {
      assertThat(none.asks(1)).isFalse();
    }
  }

  @Test
  void shouldLendNothingAgainToWhoeverGoesOnFromItsPurse() {
    var purse = Purse.lent(LOAN);
    int asked = 0;
    for (int n = 0; n < 300; n++) {
      var advisor = new LabelAdvisor(0.1, purse);
      asked += advisor.asks() ? 1 : 0;
      purse = advisor.purse();
    }
    assertThat(asked).isLessThanOrEqualTo(30 + LOAN - 9);
  }

  @Test
  void shouldCompareWithDoubtsOfATrainedHeadOnly() {
    var advisor = new LabelAdvisor(0.1, Purse.lent(3));
    for (int n = 0; n < 100; n++) {
      advisor.asks();
    }
    var random = new SplittableRandom(2);
    int asked = 0;
    for (int n = 0; n < 50; n++) {
      asked += advisor.asks(random.nextDouble()) ? 1 : 0;
    }
    assertThat(asked).isBetween(4, 6);
  }

  @Test
  void shouldBeMostInDoubtOnTheThreshold() {
    assertThat(LabelAdvisor.doubt(0.2, 0.2)).isCloseTo(1, within(1e-12));
    assertThat(LabelAdvisor.doubt(0.3, 0.2))
        .isLessThan(1)
        .isGreaterThan(LabelAdvisor.doubt(0.9, 0.2));
    assertThat(LabelAdvisor.doubt(0, 0.5)).isPositive();
    assertThat(LabelAdvisor.doubt(1, 0.5)).isPositive();
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void shouldRefuseABudgetThatIsNoShare(double budget) {
    assertThatThrownBy(() -> new LabelAdvisor(budget, Purse.lent(LOAN)))
        .hasMessageContaining("expected 0 to 1");
  }
}
