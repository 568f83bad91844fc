package dev.headwater.backbone;

import dev.headwater.backbone.Step.Addition;
import dev.headwater.backbone.Step.Convolution;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * The folded network in plain Java: slow (half a second an image), but without natives, and so what
 * an engine is held against at start-up whatever the weights are.
 */
final class ReferencePass {
  private static final float RELU_MAX = 6;

  private final List<FoldedConvolution> convolutions;

  ReferencePass(List<FoldedConvolution> convolutions) {
    this.convolutions = convolutions;
  }

  /** Returns the 1280 values for preprocessed pixels of shape {@code [3, 224, 224]}. */
  float[] embed(float[] planes) {
    Map<String, float[]> outputs = new HashMap<>();
    outputs.put(MobileNetV2Architecture.INPUT, planes);
    Iterator<FoldedConvolution> folded = convolutions.iterator();
    for (Step step : MobileNetV2Architecture.STEPS) {
      if (step instanceof Convolution convolution) {
        outputs.put(step.output(), convolve(folded.next(), outputs.get(convolution.input())));
      } else if (step instanceof Addition sum) {
        outputs.put(step.output(), add(outputs.get(sum.left()), outputs.get(sum.right())));
      }
    }
    return average(outputs.get(MobileNetV2Architecture.FEATURES));
  }

  private static float[] convolve(FoldedConvolution folded, float[] input) {
    Convolution step = folded.step();
    int plane = step.side() * step.side();
    int inputs = step.depthwise() ? 1 : step.inputChannels();
    float[] output = new float[step.channels() * plane];
    for (int out = 0; out < step.channels(); out++) {
      Arrays.fill(output, out * plane, (out + 1) * plane, folded.bias().value(out));
      for (int in = 0; in < inputs; in++) {
        int channel = step.depthwise() ? out : in;
        if (step.kernel() == 1) {
          float weight = folded.kernel().value(out * inputs + in);
          addScaled(output, out * plane, input, channel * plane, plane, weight);
        } else {
          addFiltered(folded, out * inputs + in, output, out, input, channel);
        }
      }
    }
    if (step.relu6()) {
      clip(output);
    }
    return output;
  }

  private static void addScaled(
      float[] target, int targetAt, float[] source, int sourceAt, int count, float weight) {
    for (int i = 0; i < count; i++) {
      target[targetAt + i] += weight * source[sourceAt + i];
    }
  }

  /** Adds one input channel, filtered with one 2-D kernel, to one output channel. */
  private static void addFiltered(
      FoldedConvolution folded, int filter, float[] output, int out, float[] input, int channel) {
    Convolution step = folded.step();
    int side = step.side();
    int inputSide = side * step.stride();
    for (int ky = 0; ky < step.kernel(); ky++) {
      for (int kx = 0; kx < step.kernel(); kx++) {
        float weight = folded.kernel().value((filter * step.kernel() + ky) * step.kernel() + kx);
        for (int y = 0; y < side; y++) {
          int sourceY = y * step.stride() + ky - step.padBefore();
          if (sourceY < 0 || sourceY >= inputSide) {
            continue;
          }
          int row = (channel * inputSide + sourceY) * inputSide;
          int target = (out * side + y) * side;
          for (int x = 0; x < side; x++) {
            int sourceX = x * step.stride() + kx - step.padBefore();
            if (sourceX >= 0 && sourceX < inputSide) {
              output[target + x] += weight * input[row + sourceX];
            }
          }
        }
      }
    }
  }

  private static void clip(float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.min(Math.max(values[i], 0), RELU_MAX);
    }
  }

  private static float[] add(float[] left, float[] right) {
    float[] sum = left.clone();
    addScaled(sum, 0, right, 0, sum.length, 1);
    return sum;
  }

  private static float[] average(float[] features) {
    float[] means = new float[MobileNetV2Architecture.EMBEDDING_SIZE];
    int plane = features.length / means.length;
    for (int c = 0; c < means.length; c++) {
      double sum = 0;
      for (int i = 0; i < plane; i++) {
        sum += features[c * plane + i];
      }
      means[c] = (float) (sum / plane);
    }
    return means;
  }
}
