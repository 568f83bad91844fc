package dev.headwater.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.backbone.Embedding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinearDiscriminantTest {
  private static final int INPUTS = 19;

  private static Optional<LinearComponent> fit(List<Example> examples, LinearComponent start) {
    return LinearDiscriminant.fit(examples, e -> 3, statistics(examples), start);
  }

  private static InputStatistics statistics(List<Example> examples) {
    var statistics = InputStatistics.none(INPUTS);
    for (Example example : examples) {
      statistics = statistics.plus(example.embedding());
    }
    return statistics;
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 15, 40, 300})
  void shouldPointWhereTheFormulaDoes(int count) {
    var examples = examples(count, 3);
    double[] expected = byElimination(examples);
    var linear = LinearComponent.none(INPUTS);
    // Conjugate gradients are cut short; a warm start takes them on.
    for (int i = 0; i < 8; i++) {
      linear = fit(examples, linear).orElseThrow();
    }
    assertThat(cosine(linear.copyOfWeights(), expected)).isCloseTo(1, within(1e-5));
  }

  @Test
  void shouldScoreTheMiddleOfTheMeansZeroAndTheMeanSquareOne() {
    var examples = examples(60, 5);
    var linear = fit(examples, LinearComponent.none(INPUTS)).orElseThrow();
    double squares =
        examples.stream().mapToDouble(e -> square(linear.score(e.embedding()))).average().orElse(0);
    assertThat(squares).isCloseTo(1, within(1e-5));
    double negative = meanScore(linear, examples, false);
    double positive = meanScore(linear, examples, true);
    assertThat(positive).isPositive().isCloseTo(-negative, within(1e-5));
  }

  @Test
  void shouldCountAnExampleOfDoubleWeightAsIfItCameTwice() {
    var examples = examples(50, 6);
    var twice = new ArrayList<>(examples);
    twice.addAll(examples.subList(0, 20));
    var statistics = statistics(examples);
    var start = LinearComponent.none(INPUTS);
    var heavy = examples.subList(0, 20);
    var weighed =
        LinearDiscriminant.fit(examples, e -> heavy.contains(e) ? 2 : 1, statistics, start);
    var repeated = LinearDiscriminant.fit(twice, e -> 1, statistics, start);
    float[] expected = repeated.orElseThrow().copyOfWeights();
    float[] actual = weighed.orElseThrow().copyOfWeights();
    for (int k = 0; k < INPUTS; k++) {
      assertThat(actual[k]).isCloseTo(expected[k], within(2e-3f));
    }
  }

  @Test
  void shouldTellTheClassesApartFromOneExampleOfEach() {
    var two = examples(400, 8).stream().filter(distinctBySide()).toList();
    assertThat(two).hasSize(2);
    var linear = fit(two, LinearComponent.none(INPUTS)).orElseThrow();
    assertThat(two).allMatch(e -> linear.score(e.embedding()) > 0 == e.positive());
  }

  private static java.util.function.Predicate<Example> distinctBySide() {
    var seen = new java.util.HashSet<Boolean>();
    return e -> seen.add(e.positive());
  }

  @Test
  void shouldNotBeSureOfAnythingAfterTwoExamplesThatAreAllButAlike() {
    var one = examples(1, 4).get(0).embedding();
    float[] other = one.toArray();
    other[0] += 1e-5f;
    var two =
        List.of(
            new Example("a", one, true, "d"),
            new Example("b", Embedding.copyOf(other), false, "d"));
    var linear =
        LinearDiscriminant.fit(
            two, e -> 1, statistics(examples(200, 5)), LinearComponent.none(INPUTS));
    for (Example any : examples(100, 6)) {
      assertThat(Math.abs(linear.orElseThrow().score(any.embedding()))).isLessThan(6);
    }
  }

  @Test
  void shouldSayNothingWhereAClassIsMissingOrNothingTellsThemApart() {
    var none = LinearComponent.none(INPUTS);
    assertThat(fit(List.of(), none)).isEmpty();
    var positives = examples(30, 1).stream().filter(Example::positive).toList();
    assertThat(fit(positives, none)).isEmpty();
    var same = Embedding.copyOf(new float[INPUTS]);
    assertThat(
            fit(
                List.of(new Example("a", same, true, "d"), new Example("b", same, false, "d")),
                none))
        .isEmpty();
  }

  @Test
  void shouldTakeHugeValuesAndIgnoreAForeignStart() {
    var examples =
        examples(40, 2).stream()
            .map(e -> new Example(e.imageId(), times(e.embedding(), 1e6f), e.positive(), "d"))
            .toList();
    var far = new float[INPUTS];
    java.util.Arrays.fill(far, 1e30f);
    var linear = fit(examples, new LinearComponent(far, 0));
    assertThat(linear).isPresent();
    long right =
        examples.stream()
            .filter(e -> linear.get().score(e.embedding()) > 0 == e.positive())
            .count();
    assertThat(right).isGreaterThan(30);
  }

  private static Embedding times(Embedding embedding, float factor) {
    float[] values = embedding.toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
    return Embedding.copyOf(values);
  }

  private static double meanScore(
      LinearComponent linear, List<Example> examples, boolean positive) {
    return examples.stream()
        .filter(e -> e.positive() == positive)
        .mapToDouble(e -> linear.score(e.embedding()))
        .average()
        .orElseThrow();
  }

  /** The textbook's way: the covariance in full, then Gauss' elimination with pivots. */
  private static double[] byElimination(List<Example> examples) {
    double[] scales = statistics(examples).scales();
    var mean = new double[2][INPUTS];
    var count = new int[2];
    examples.forEach(e -> count[e.positive() ? 1 : 0]++);
    for (Example e : examples) {
      int side = e.positive() ? 1 : 0;
      for (int k = 0; k < INPUTS; k++) {
        mean[side][k] += e.embedding().value(k) / (double) count[side];
      }
    }
    var matrix = new double[INPUTS][INPUTS + 1];
    double trace = 0;
    for (Example e : examples) {
      double[] m = mean[e.positive() ? 1 : 0];
      for (int i = 0; i < INPUTS; i++) {
        for (int j = 0; j < INPUTS; j++) {
          double product = (e.embedding().value(i) - m[i]) * (e.embedding().value(j) - m[j]);
          matrix[i][j] += product / examples.size() / scales[i] / scales[j];
        }
      }
    }
    for (int i = 0; i < INPUTS; i++) {
      trace += matrix[i][i];
    }
    double shrinkage = LinearDiscriminant.SHRINKAGE;
    for (int i = 0; i < INPUTS; i++) {
      for (int j = 0; j < INPUTS; j++) {
        matrix[i][j] *= 1 - shrinkage;
      }
      matrix[i][i] += shrinkage * trace / INPUTS;
      matrix[i][INPUTS] = (mean[1][i] - mean[0][i]) / scales[i];
    }
    double[] solution = eliminate(matrix);
    for (int i = 0; i < INPUTS; i++) {
      solution[i] /= scales[i];
    }
    return solution;
  }

  private static double[] eliminate(double[][] matrix) {
    for (int pivot = 0; pivot < INPUTS; pivot++) {
      for (int row = 0; row < INPUTS; row++) {
        if (row != pivot) {
          double factor = matrix[row][pivot] / matrix[pivot][pivot];
          for (int k = pivot; k <= INPUTS; k++) {
            matrix[row][k] -= factor * matrix[pivot][k];
          }
        }
      }
    }
    var solution = new double[INPUTS];
    for (int row = 0; row < INPUTS; row++) {
      solution[row] = matrix[row][INPUTS] / matrix[row][row];
    }
    return solution;
  }

  private static double cosine(float[] a, double[] b) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int k = 0; k < b.length; k++) {
      ab += a[k] * b[k];
      aa += square(a[k]);
      bb += square(b[k]);
    }
    return ab / Math.sqrt(aa * bb);
  }

  private static double square(double value) {
    return value * value;
  }

  private static List<Example> examples(int count, long seed) {
    var random = new SplittableRandom(seed);
    var examples = new ArrayList<Example>();
    for (int n = 0; n < count; n++) {
      boolean positive = n % 3 == 0;
      var values = new float[INPUTS];
      for (int i = 0; i < INPUTS; i++) {
        double spread = 1 + i % 4;
        values[i] = (float) (spread * random.nextGaussian() + (positive && i % 2 == 0 ? 1.5 : 0));
      }
      examples.add(new Example("image-" + n, Embedding.copyOf(values), positive, "d"));
    }
    return examples;
  }
}
