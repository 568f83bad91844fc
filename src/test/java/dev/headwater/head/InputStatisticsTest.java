package dev.headwater.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.backbone.Embedding;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class InputStatisticsTest {
  private static final int INPUTS = 5;

  @Test
  void shouldCountMeanAndVarianceAsTheirDefinitionsDo() {
    List<Embedding> embeddings = embeddings(100);
    var statistics = InputStatistics.none(INPUTS);
    for (var embedding : embeddings) {
      statistics = statistics.plus(embedding);
    }
    for (int i = 0; i < INPUTS; i++) {
      int input = i;
      double mean = embeddings.stream().mapToDouble(e -> e.value(input)).average().orElseThrow();
      double squares =
          embeddings.stream().mapToDouble(e -> Math.pow(e.value(input) - mean, 2)).sum();
      assertThat(statistics.copyOfMean()[i]).isCloseTo(mean, within(1e-9));
      assertThat(statistics.copyOfSquares()[i]).isCloseTo(squares, within(1e-6));
    }
  }

  @Test
  void shouldScoreAlikeFoldedOrStandardised() {
    var statistics = InputStatistics.none(INPUTS);
    var head = DenseHead.initial(INPUTS, 3);
    for (var embedding : embeddings(50)) {
      statistics = statistics.plus(embedding);
      assertThat(statistics.fold(head).logit(embedding))
          .isCloseTo(head.logit(statistics.standardise(embedding)), within(1e-4));
    }
  }

  @Test
  void shouldLeaveTheOneBeforeAsItWas() {
    var before = InputStatistics.none(INPUTS).plus(embeddings(1).get(0));
    double[] mean = before.copyOfMean();
    before.plus(embeddings(2).get(1));
    assertThat(before.copyOfMean()).isEqualTo(mean);
    assertThat(before.count()).isEqualTo(1);
  }

  @Test
  void shouldRefuseAnEmbeddingOfAnotherLength() {
    assertThatThrownBy(() -> InputStatistics.none(4).plus(embeddings(1).get(0)))
        .hasMessage("5 inputs, these statistics are of 4");
  }

  private static List<Embedding> embeddings(int count) {
    var random = new SplittableRandom(11);
    var embeddings = new ArrayList<Embedding>();
    for (int n = 0; n < count; n++) {
      var values = new float[INPUTS];
      for (int i = 0; i < INPUTS; i++) {
        values[i] = (float) random.nextDouble(0, 6) * (i + 1);
      }
      embeddings.add(Embedding.wrap(values));
    }
    return embeddings;
  }
}
