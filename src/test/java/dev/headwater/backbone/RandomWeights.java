package dev.headwater.backbone;

import dev.headwater.backbone.KerasWeights.Layer;
import dev.headwater.image.Pixels;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Weights of the right shapes that keep activations alive, so that tests need no file. */
final class RandomWeights {
  private RandomWeights() {}

  static KerasWeights of(long seed) {
    return KerasWeights.match("random weights", layers(seed));
  }

  /** Layers under names that no Keras release ever used: names must not matter. */
  static List<Layer> layers(long seed) {
    var random = new Random(seed);
    var layers = new ArrayList<Layer>();
    for (WeightShapes.Expected expected : WeightShapes.LAYERS) {
      var tensors = new ArrayList<Tensor>();
      for (int i = 0; i < expected.shapes().size(); i++) {
        tensors.add(tensor(expected.shapes().get(i), i, random));
      }
      layers.add(new Layer("layer_" + layers.size(), tensors));
    }
    return layers;
  }

  static Tensor tensor(List<Integer> shape, int position, Random random) {
    int size = shape.stream().reduce(1, (a, b) -> a * b);
    // He initialisation: [h, w, inputs, outputs], where a depthwise kernel sees one input.
    int inputs = shape.size() == 4 && shape.get(3) > 1 ? shape.get(2) : 1;
    double spread = shape.size() == 4 ? Math.sqrt(2.0 / (shape.get(0) * shape.get(1) * inputs)) : 0;
    var values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] =
          (float) (shape.size() == 4 ? random.nextGaussian() * spread : norm(position, random));
    }
    return Tensor.wrap(shape, values);
  }

  /** Gamma about 1, beta about 0.1, mean about 0, variance about 1. */
  private static double norm(int position, Random random) {
    double jitter = random.nextGaussian() * 0.1;
    return switch (position) {
      case 0 -> 1 + jitter;
      case 1 -> 0.1 + jitter;
      case 2 -> jitter;
      default -> 1 + Math.abs(jitter);
    };
  }

  static Pixels image(long seed) {
    var random = new Random(seed);
    var rgb = new float[224 * 224 * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = random.nextInt(256);
    }
    return Pixels.copyOf(224, 224, rgb);
  }
}
