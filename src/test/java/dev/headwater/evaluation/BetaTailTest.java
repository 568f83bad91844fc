package dev.headwater.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BetaTailTest {
  @ParameterizedTest
  @CsvSource({"0.01, 1", "0.3, 1", "0.9, 1", "0.2, 32", "0.9, 32", "0.999, 32", "0.01, 900"})
  void shouldBeAsTheFormulaSaysWhereThereIsOne(double share, double parameter) {
    assertThat(BetaTail.log(share, 1, parameter))
        .isCloseTo(parameter * Math.log1p(-share), within(1e-9 * parameter));
    assertThat(Math.exp(BetaTail.log(share, parameter, 1)))
        .isCloseTo(1 - Math.pow(share, parameter), within(1e-9));
  }

  @Test
  void shouldBeOneAndZeroAtTheEnds() {
    assertThat(BetaTail.log(0, 2, 3)).isZero();
    assertThat(BetaTail.log(1, 2, 3)).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  /** P(X > x) of Beta(a, b) is P(Y < 1 - x) of Beta(b, a); both are one half where a = b. */
  @Test
  void shouldBeSymmetric() {
    assertThat(Math.exp(BetaTail.log(0.5, 32, 32))).isCloseTo(0.5, within(1e-9));
    assertThat(Math.exp(BetaTail.log(0.4, 8, 5)) + Math.exp(BetaTail.log(0.6, 5, 8)))
        .isCloseTo(1, within(1e-9));
  }

  /** A sum of binomial terms: P(Beta(a, b) > x) = P(Binomial(a + b - 1, x) < a). */
  @Test
  void shouldBeABinomialSumForWholeParameters() {
    double x = 0.05;
    double sum = 0;
    double term = Math.pow(1 - x, 1031);
    for (int i = 0; i < 32; i++) {
      sum += term;
      term *= x / (1 - x) * (1031 - i) / (i + 1);
    }
    assertThat(BetaTail.log(x, 32, 1000)).isCloseTo(Math.log(sum), within(1e-9));
  }

  @Test
  void shouldKnowFactorials() {
    assertThat(BetaTail.logGamma(6)).isCloseTo(Math.log(120), within(1e-10));
    assertThat(BetaTail.logGamma(0.5)).isCloseTo(Math.log(Math.PI) / 2, within(1e-10));
  }
}
