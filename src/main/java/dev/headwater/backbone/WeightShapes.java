package dev.headwater.backbone;

import dev.headwater.backbone.KerasWeights.Layer;
import dev.headwater.backbone.Step.Convolution;
import java.util.ArrayList;
import java.util.List;

/** Checks a file's layers against those of the network and says what differs first. */
final class WeightShapes {
  /** A layer that has weights: Keras' name, and the shapes of its tensors in Keras' order. */
  record Expected(String name, List<List<Integer>> shapes) {}

  static final List<Expected> LAYERS = expectedLayers();

  private WeightShapes() {}

  private static List<Expected> expectedLayers() {
    List<Expected> layers = new ArrayList<>();
    for (Convolution step : MobileNetV2Architecture.CONVOLUTIONS) {
      List<Integer> vector = List.of(step.channels());
      layers.add(new Expected(step.name(), List.of(step.kerasKernelShape())));
      layers.add(new Expected(step.batchNorm(), List.of(vector, vector, vector, vector)));
    }
    return List.copyOf(layers);
  }

  /**
   * Checks count, shapes and values.
   *
   * @throws WeightsException with one sentence that names the first difference
   */
  static void check(String origin, List<Layer> layers) {
    checkCount(origin, layers.size());
    for (int i = 0; i < layers.size(); i++) {
      List<List<Integer>> found = layers.get(i).tensors().stream().map(Tensor::shape).toList();
      checkShapes(origin, i, layers.get(i).name(), found);
      checkFinite(origin, layers.get(i));
    }
  }

  static void checkCount(String origin, int found) {
    int expected = LAYERS.size();
    if (found == expected + 1) {
      throw new WeightsException(
          ("%s has %d layers with weights, one more than the %d of MobileNetV2: it seems "
                  + "to carry the classifier; take the file whose name ends in no_top.h5")
              .formatted(origin, found, expected));
    }
    if (found != expected) {
      throw new WeightsException(
          ("%s has %d layers with weights, but MobileNetV2 (alpha 1.0, no top) has %d; "
                  + "take the mobilenet_v2 file with 1.0_224_no_top in its name")
              .formatted(origin, found, expected));
    }
  }

  /** Compares the shapes of the {@code index}-th layer that has weights with the network's. */
  static void checkShapes(String origin, int index, String name, List<List<Integer>> found) {
    Expected expected = LAYERS.get(index);
    if (!found.equals(expected.shapes())) {
      throw new WeightsException(
          ("%s: layer %d with weights ('%s') has shapes %s, but MobileNetV2's '%s' has "
                  + "%s; take the mobilenet_v2 file with 1.0_224_no_top in its name")
              .formatted(origin, index + 1, name, found, expected.name(), expected.shapes()));
    }
  }

  private static void checkFinite(String origin, Layer layer) {
    for (int tensor = 0; tensor < layer.tensors().size(); tensor++) {
      float[] values = layer.tensors().get(tensor).values();
      for (int i = 0; i < values.length; i++) {
        if (!Float.isFinite(values[i])) {
          throw new WeightsException(
              ("%s: layer '%s' holds %s at position %d of its tensor %d, but weights must be "
                      + "finite; fetch the file again")
                  .formatted(origin, layer.name(), values[i], i, tensor + 1));
        }
      }
    }
  }
}
