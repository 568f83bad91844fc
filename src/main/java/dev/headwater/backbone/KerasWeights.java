package dev.headwater.backbone;

import dev.headwater.backbone.Step.Convolution;
import java.util.ArrayList;
import java.util.List;

/**
 * The weights of MobileNetV2 (no top) as Keras holds them: for each of the 52 convolutions its
 * kernel {@code [height, width, inputs, outputs]} (depthwise: {@code [height, width, channels, 1]})
 * and the four vectors of its BatchNorm. Shapes are checked and every value is finite.
 */
public final class KerasWeights {
  private final List<ConvolutionWeights> convolutions;

  /** What one convolution and its BatchNorm have learnt. */
  record ConvolutionWeights(
      Tensor kernel, Tensor gamma, Tensor beta, Tensor movingMean, Tensor movingVariance) {
    List<Tensor> tensors() {
      return List.of(kernel, gamma, beta, movingMean, movingVariance);
    }
  }

  /** The tensors of one layer of a file, under the name that the file gives it. */
  record Layer(String name, List<Tensor> tensors) {
    Layer {
      tensors = List.copyOf(tensors);
    }
  }

  private KerasWeights(List<ConvolutionWeights> convolutions) {
    this.convolutions = List.copyOf(convolutions);
  }

  /**
   * Assigns the layers that have weights to the network's by order and shape, as Keras does; names
   * only serve messages.
   *
   * @param origin what to call the source in messages, such as a path
   * @throws WeightsException if count, shapes or values are not those of the network
   */
  static KerasWeights match(String origin, List<Layer> layers) {
    WeightShapes.check(origin, layers);
    List<ConvolutionWeights> result = new ArrayList<>();
    for (int i = 0; i < layers.size(); i += 2) {
      List<Tensor> norm = layers.get(i + 1).tensors();
      result.add(
          new ConvolutionWeights(
              layers.get(i).tensors().get(0), norm.get(0), norm.get(1), norm.get(2), norm.get(3)));
    }
    return new KerasWeights(result);
  }

  /** In the order of {@link MobileNetV2Architecture#CONVOLUTIONS}. */
  List<ConvolutionWeights> convolutions() {
    return convolutions;
  }

  /** All tensors in canonical order: each convolution's kernel, gamma, beta, mean and variance. */
  List<Tensor> tensors() {
    return convolutions.stream().flatMap(weights -> weights.tensors().stream()).toList();
  }

  /** The layers as a Keras model lists them, under Keras' names. */
  List<Layer> layers() {
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < convolutions.size(); i++) {
      Convolution step = MobileNetV2Architecture.CONVOLUTIONS.get(i);
      List<Tensor> tensors = convolutions.get(i).tensors();
      layers.add(new Layer(step.name(), tensors.subList(0, 1)));
      layers.add(new Layer(step.batchNorm(), tensors.subList(1, tensors.size())));
    }
    return layers;
  }
}
