package dev.headwater.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.backbone.Embedding;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;

class DenseHeadTest {
  /** Two inputs, three hidden units: rows of the kernel are inputs. */
  private static final DenseHead SMALL =
      new DenseHead(
          new HeadParameters(
              new float[] {1, -2, 0.5f, 3, 1, -1},
              new float[] {0.5f, 1, 0},
              new float[] {2, -1, 4},
              -0.25f));

  @Test
  void shouldGiveTheLogitThatAHandComputes() {
    // Units before relu: 0.5 + 1 + 6 = 7.5, 1 - 2 + 2 = 1, 0.5 - 2 = -1.5.
    // Logit: -0.25 + 2 * 7.5 - 1 * 1 + 4 * 0 = 13.75.
    assertThat(SMALL.logit(Embedding.copyOf(new float[] {1, 2}))).isEqualTo(13.75);
  }

  @Test
  void shouldGiveTheSigmoidOfTheLogit() {
    // Units: 0.5, 1, 0. Logit: -0.25 + 1 - 1 = -0.25.
    assertThat(SMALL.probability(Embedding.copyOf(new float[] {0, 0})))
        .isCloseTo(0.4378234991142019, within(1e-15));
  }

  @Test
  void shouldStayWithinZeroAndOneForExtremeLogits() {
    var far = Embedding.copyOf(new float[] {1e30f, 1e30f});
    assertThat(SMALL.probability(far)).isEqualTo(1.0);
    var negative = new HeadParameters(new float[] {1, 1}, new float[1], new float[] {-1e30f}, 0);
    assertThat(new DenseHead(negative).probability(far)).isEqualTo(0.0);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 1280})
  void shouldAgreeWithDeeplearning4jOnTheSameWeights(int inputs) {
    var head = DenseHead.initial(inputs, 17);
    var network = network(head.parameters());
    var random = new SplittableRandom(1);
    for (int n = 0; n < 20; n++) {
      var values = new float[inputs];
      for (int i = 0; i < inputs; i++) {
        values[i] = random.nextInt(3) == 0 ? 0 : (float) random.nextDouble(0, 3);
      }
      double theirs = network.output(Nd4j.createFromArray(new float[][] {values})).getDouble(0);
      assertThat(head.probability(Embedding.copyOf(values))).isCloseTo(theirs, within(1e-5));
    }
  }

  private static MultiLayerNetwork network(HeadParameters parameters) {
    int inputs = parameters.inputs();
    int hidden = parameters.hidden();
    var network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(
                    new DenseLayer.Builder()
                        .nIn(inputs)
                        .nOut(hidden)
                        .activation(Activation.RELU)
                        .build())
                .layer(
                    new OutputLayer.Builder(new LossBinaryXENT())
                        .nIn(hidden)
                        .nOut(1)
                        .activation(Activation.SIGMOID)
                        .build())
                .build());
    network.init();
    network.setParam(
        "0_W", Nd4j.createFromArray(parameters.copyOfKernel()).reshape('c', inputs, hidden));
    network.setParam("0_b", Nd4j.createFromArray(parameters.copyOfBias()).reshape('c', 1, hidden));
    network.setParam(
        "1_W", Nd4j.createFromArray(parameters.copyOfOutputKernel()).reshape('c', hidden, 1));
    network.setParam("1_b", Nd4j.createFromArray(parameters.outputBias()).reshape('c', 1, 1));
    return network;
  }

  @Test
  void shouldStartAsKerasDoes() {
    var parameters = DenseHead.initial(1280, 42).parameters();
    double limit = Math.sqrt(6.0 / (1280 + 128));
    assertThat(parameters.copyOfKernel()).hasSize(1280 * 128);
    double sum = 0;
    double widest = 0;
    for (float weight : parameters.copyOfKernel()) {
      sum += weight;
      widest = Math.max(widest, Math.abs(weight));
    }
    assertThat(widest).isBetween(limit * 0.999, limit * 1.0001);
    assertThat(sum / (1280 * 128)).isCloseTo(0, within(limit / 200));
    assertThat(parameters.copyOfBias()).containsOnly(0f);
    assertThat(parameters.outputBias()).isZero();
    assertThat(DenseHead.initial(1280, 42).parameters()).isEqualTo(parameters);
    assertThat(DenseHead.initial(1280, 43).parameters()).isNotEqualTo(parameters);
  }

  @Test
  void shouldRefuseAnEmbeddingOfAnotherLength() {
    assertThatThrownBy(() -> SMALL.probability(Embedding.copyOf(new float[3])))
        .hasMessage("embedding of 3 values, this head expects 2");
  }

  @Test
  void shouldKeepItsWeightsFromWhoeverHandedThemInOrTookThemOut() {
    var kernel = new float[] {1, 1};
    var parameters = new HeadParameters(kernel, new float[1], new float[] {1}, 0);
    kernel[0] = 9;
    parameters.copyOfKernel()[1] = 9;
    assertThat(parameters.copyOfKernel()).containsExactly(1, 1);
  }

  @Test
  void shouldRefuseWeightsThatDoNotFitTogetherOrAreNotFinite() {
    var one = new float[1];
    assertThatThrownBy(() -> new HeadParameters(new float[5], new float[2], new float[2], 0))
        .hasMessage(
            "dense/kernel has 5 values and dense/bias 2: expected inputs x hidden and hidden");
    assertThatThrownBy(() -> new HeadParameters(new float[4], new float[2], one, 0))
        .hasMessage("dense_1/kernel has 1 values, expected 2 as dense/bias has");
    assertThatThrownBy(() -> new HeadParameters(one, new float[] {Float.NaN}, one, 0))
        .hasMessage("dense/bias[0] is NaN, expected a finite number");
    assertThatThrownBy(() -> new HeadParameters(new float[0], new float[0], new float[0], 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
