package dev.headwater.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.backbone.Embedding;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HeadTrainerTest {
  private static final int INPUTS = 20;

  private final HeadTrainer trainer = new HeadTrainer(INPUTS);

  @Test
  void shouldTakeTheAdamStepThatAnIndependentComputationTakes() {
    var state = TrainingState.initial(INPUTS, 7);
    var oracle = new AdamOracle(state.weights());
    for (int step = 0; step < 5; step++) {
      var batch = examples(8, step);
      state = trainer.train(state, List.of(batch));
      oracle.step(batch);
    }
    float[] kernel = state.weights().copyOfKernel();
    for (int i = 0; i < kernel.length; i++) {
      assertThat((double) kernel[i]).as("kernel %d", i).isCloseTo(oracle.kernel(i), within(2e-5));
    }
    assertThat((double) state.weights().outputBias()).isCloseTo(oracle.outputBias(), within(2e-5));
    assertThat(state.steps()).isEqualTo(5);
  }

  @Test
  void shouldGiveTheSameWeightsWhetherStepsAreTakenInOneCallOrByTwoTrainers() {
    var initial = TrainingState.initial(INPUTS, 1);
    var a = examples(8, 1);
    var b = examples(8, 2);
    var together = trainer.train(initial, List.of(a, b));
    var apart = new HeadTrainer(INPUTS).train(trainer.train(initial, List.of(a)), List.of(b));
    assertThat(apart).isEqualTo(together);
  }

  @Test
  void shouldRememberNothingBetweenCalls() {
    var initial = TrainingState.initial(INPUTS, 1);
    var first = trainer.train(initial, List.of(examples(8, 1)));
    trainer.train(TrainingState.initial(INPUTS, 99), List.of(examples(4, 5)));
    assertThat(trainer.train(initial, List.of(examples(8, 1)))).isEqualTo(first);
  }

  @Test
  void shouldLearnASeparableProblem() {
    var state = TrainingState.initial(INPUTS, 3);
    for (int step = 0; step < 200; step++) {
      state = trainer.train(state, List.of(examples(8, step)));
    }
    var head = state.head();
    long right =
        examples(200, 1000).stream()
            .filter(e -> (head.probability(e.embedding()) >= 0.5) == e.positive())
            .count();
    assertThat(right).isGreaterThan(180);
  }

  @Test
  void shouldRefuseAnEmptyMiniBatch() {
    assertThatThrownBy(() -> trainer.train(TrainingState.initial(INPUTS, 1), List.of(List.of())))
        .hasMessage("a mini-batch of 0 examples, expected at least 1");
  }

  @Test
  void shouldRefuseAHeadOfAnotherWidth() {
    assertThatThrownBy(() -> trainer.train(TrainingState.initial(9, 1), List.of(examples(2, 1))))
        .hasMessage("HeadParameters[9 -> 128 -> 1], this trainer expects 20 -> 128 -> 1");
  }

  private static List<Example> examples(int count, long seed) {
    var random = new SplittableRandom(seed);
    var examples = new ArrayList<Example>();
    for (int n = 0; n < count; n++) {
      var values = new float[INPUTS];
      double sum = 0;
      for (int i = 0; i < INPUTS; i++) {
        values[i] = (float) random.nextDouble(-1, 1);
        sum += i % 2 == 0 ? values[i] : -values[i];
      }
      examples.add(new Example("image-" + examples.size(), Embedding.copyOf(values), sum > 0, "a"));
    }
    return examples;
  }
}
