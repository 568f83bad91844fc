package dev.headwater.bench.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeepSldaTest {
  /** A whole number of panels, and one that is not. */
  @Test
  void shouldSolveSystemsOfAnySize() {
    for (int size : List.of(1, 3, 8, 11)) {
      double[][] full = positiveDefinite(size);
      var expected = new Random(2).doubles(size).toArray();
      var right = new double[size];
      for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++) {
          right[i] += full[i][j] * expected[j];
        }
      }
      assertThat(Cholesky.solve(upper(full), right)).containsExactly(expected, within(1e-9));
    }
  }

  @Test
  void shouldRefuseAMatrixThatIsNotPositiveDefinite() {
    assertThatThrownBy(() -> Cholesky.solve(new double[][] {{1, 2}, {1}}, new double[2]))
        .hasMessageContaining("pivot 1 is -3.0");
  }

  private static double[][] positiveDefinite(int size) {
    var random = new Random(1);
    var root = new double[size][];
    for (int i = 0; i < size; i++) {
      root[i] = random.doubles(size).toArray();
    }
    var product = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        product[i][j] = i == j ? 0.5 : 0;
        for (int k = 0; k < size; k++) {
          product[i][j] += root[i][k] * root[j][k];
        }
      }
    }
    return product;
  }

  private static double[][] upper(double[][] full) {
    var rows = new double[full.length][];
    for (int i = 0; i < full.length; i++) {
      rows[i] = Arrays.copyOfRange(full[i], i, full.length);
    }
    return rows;
  }

  @Test
  void shouldLearnWhatALineCanTellApart() {
    var slda = new DeepSlda(Clouds.INPUTS, DeepSlda.Settings.PUBLISHED);
    var judged = new ArrayList<>(run(slda, Clouds.stream(40, 1)));
    assertThat(Figures.accuracy(judged.subList(32, judged.size()))).isGreaterThan(0.95);
  }

  @Test
  void shouldAnswerBeforeThe32ndImageOnlyWhereItRefitsEarly() {
    var stream = Clouds.stream(8, 1).subList(0, 16);
    var published = run(new DeepSlda(Clouds.INPUTS, DeepSlda.Settings.PUBLISHED), stream);
    var early = run(new DeepSlda(Clouds.INPUTS, DeepSlda.Settings.SCALED), stream);
    assertThat(published).allMatch(judged -> judged.answer().probability() == 0.5);
    assertThat(Figures.accuracy(early.subList(4, 16))).isGreaterThan(0.9);
  }

  private static List<Judged> run(Learner learner, List<StreamItem> stream) {
    return new Driver(() -> 0).run(learner, stream, 1).judged();
  }
}
