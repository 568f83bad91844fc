package dev.headwater.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

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
    var advisor = new LabelAdvisor(budget, LOAN);
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
    var advisor = new LabelAdvisor(0.1, LOAN);
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
    var advisor = new LabelAdvisor(0.1, LOAN);
    for (int n = 0; n < LOAN; n++) {
      assertThat(advisor.asks(1)).isTrue();
    }
    var none = new LabelAdvisor(0, LOAN);
    for (int n = 0; n < 1_000; n++) {
      assertThat(none.asks(1)).isFalse();
    }
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
    assertThatThrownBy(() -> new LabelAdvisor(budget, LOAN))
        .hasMessageContaining("expected 0 to 1");
  }
}
