package dev.headwater.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.backbone.Embedding;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HeadAssemblyTest {
  private static final int INPUTS = 30;

  @Test
  void shouldGiveWhatTheWeighedVotesGive() {
    var random = new SplittableRandom(4);
    var network = DenseHead.initial(INPUTS, HeadAssembly.TRAINED_UNITS, 7);
    var linear = new LinearComponent(values(random), 0.3f);
    var calibration = new Calibration(2.2, 0.7, -0.4, 0.6);
    var plain = HeadAssembly.assemble(network, linear, calibration);
    assertThat(plain.parameters().hidden()).isEqualTo(DenseHead.HIDDEN);
    for (int i = 0; i < 50; i++) {
      var embedding = Embedding.wrap(values(random));
      var scores = new BaseScores(linear.score(embedding), network.logit(embedding));
      assertThat(plain.probability(embedding))
          .isCloseTo(calibration.probability(scores), within(1e-6));
    }
  }

  private static float[] values(SplittableRandom random) {
    var values = new float[INPUTS];
    for (int i = 0; i < INPUTS; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
