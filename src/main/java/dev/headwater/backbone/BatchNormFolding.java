package dev.headwater.backbone;

import dev.headwater.backbone.KerasWeights.ConvolutionWeights;
import dev.headwater.backbone.Step.Convolution;
import java.util.ArrayList;
import java.util.List;

/**
 * Folds each BatchNorm into the convolution before it: {@code kernel * g} and {@code beta - mean *
 * g} with {@code g = gamma / sqrt(variance + epsilon)}.
 */
final class BatchNormFolding {
  /** The epsilon of every BatchNorm of Keras' MobileNetV2. */
  static final double EPSILON = 1e-3;

  private BatchNormFolding() {}

  /**
   * Returns the folded convolutions in the network's order.
   *
   * @throws WeightsException if a variance is negative or a folded value is not a finite float
   */
  static List<FoldedConvolution> fold(KerasWeights weights) {
    List<FoldedConvolution> folded = new ArrayList<>();
    for (int i = 0; i < MobileNetV2Architecture.CONVOLUTIONS.size(); i++) {
      folded.add(fold(MobileNetV2Architecture.CONVOLUTIONS.get(i), weights.convolutions().get(i)));
    }
    return List.copyOf(folded);
  }

  private static FoldedConvolution fold(Convolution step, ConvolutionWeights weights) {
    double[] gains = gains(step, weights);
    float[] bias = new float[step.channels()];
    for (int c = 0; c < bias.length; c++) {
      double mean = weights.movingMean().value(c);
      bias[c] = (float) (weights.beta().value(c) - mean * gains[c]);
      requireFinite(step, bias[c]);
    }
    int inputs = step.depthwise() ? 1 : step.inputChannels();
    return new FoldedConvolution(
        step,
        Tensor.wrap(
            List.of(step.channels(), inputs, step.kernel(), step.kernel()),
            kernel(step, weights.kernel().values(), gains)),
        Tensor.wrap(List.of(step.channels()), bias));
  }

  private static double[] gains(Convolution step, ConvolutionWeights weights) {
    double[] gains = new double[step.channels()];
    for (int c = 0; c < gains.length; c++) {
      double variance = weights.movingVariance().value(c);
      if (variance < 0) {
        throw new WeightsException(
            ("layer '%s' has the variance %s in channel %d, but a variance is never "
                    + "negative; fetch the weights again")
                .formatted(step.batchNorm(), variance, c));
      }
      gains[c] = weights.gamma().value(c) / Math.sqrt(variance + EPSILON);
    }
    return gains;
  }

  /** Turns Keras' [area, inputs, outputs] into [outputs, inputs, area] and applies the gains. */
  private static float[] kernel(Convolution step, float[] keras, double[] gains) {
    int area = step.kernel() * step.kernel();
    int outputs = step.channels();
    int inputs = step.depthwise() ? 1 : step.inputChannels();
    float[] kernel = new float[keras.length];
    for (int k = 0; k < area; k++) {
      for (int in = 0; in < inputs; in++) {
        for (int out = 0; out < outputs; out++) {
          float value = (float) (keras[(k * inputs + in) * outputs + out] * gains[out]);
          requireFinite(step, value);
          kernel[(out * inputs + in) * area + k] = value;
        }
      }
    }
    return kernel;
  }

  private static void requireFinite(Convolution step, float value) {
    if (!Float.isFinite(value)) {
      throw new WeightsException(
          "folding '%s' into '%s' gives %s, but weights must be finite; fetch the weights again"
              .formatted(step.batchNorm(), step.name(), value));
    }
  }
}
