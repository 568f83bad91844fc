package dev.headwater.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.backbone.KerasWeights.Layer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchNormFoldingTest {
  @Test
  void shouldGiveWhatBatchNormAfterConvolutionGives() {
    var weights = RandomWeights.of(3);
    var folded = BatchNormFolding.fold(weights);

    for (int i : new int[] {0, 1, 2, 51}) {
      var raw = weights.convolutions().get(i);
      var step = folded.get(i).step();
      int area = step.kernel() * step.kernel();
      int inputs = step.depthwise() ? 1 : step.inputChannels();
      for (int out = 0; out < step.channels(); out += 5) {
        double convolved = 0;
        double foldedSum = folded.get(i).bias().value(out);
        for (int in = 0; in < inputs; in++) {
          for (int k = 0; k < area; k++) {
            double input = Math.sin(in * 7 + k);
            convolved += input * raw.kernel().value((k * inputs + in) * step.channels() + out);
            foldedSum += input * folded.get(i).kernel().value((out * inputs + in) * area + k);
          }
        }
        assertThat(foldedSum).isCloseTo(normalise(raw, out, convolved), within(1e-4));
      }
    }
  }

  private static double normalise(KerasWeights.ConvolutionWeights raw, int channel, double value) {
    return (value - raw.movingMean().value(channel))
            / Math.sqrt(raw.movingVariance().value(channel) + 1e-3)
            * raw.gamma().value(channel)
        + raw.beta().value(channel);
  }

  @Test
  void shouldRefuseNegativeVariance() {
    var layers = new ArrayList<Layer>(RandomWeights.layers(3));
    var tensors = new ArrayList<Tensor>(layers.get(1).tensors());
    float[] variance = tensors.get(3).toArray();
    variance[4] = -1;
    tensors.set(3, Tensor.wrap(List.of(32), variance));
    layers.set(1, new Layer("norm", tensors));
    var weights = KerasWeights.match("test", layers);

    assertThatThrownBy(() -> BatchNormFolding.fold(weights))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("'bn_Conv1' has the variance -1.0 in channel 4");
  }
}
