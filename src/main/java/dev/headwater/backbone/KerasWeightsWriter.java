package dev.headwater.backbone;

import dev.headwater.backbone.KerasWeights.Layer;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import io.jhdf.exceptions.HdfException;
import java.nio.file.Path;
import java.util.List;

/** Writes layers as an HDF5 file that {@link KerasWeightsFile}, and Keras itself, can read. */
final class KerasWeightsWriter {
  private static final List<String> KERNEL = List.of("kernel:0");
  private static final List<String> BATCH_NORM =
      List.of("gamma:0", "beta:0", "moving_mean:0", "moving_variance:0");

  private KerasWeightsWriter() {}

  /**
   * Writes to {@code file}, which must not exist, with the preprocessing the weights ask for.
   *
   * @throws WeightsException if the file cannot be written
   */
  static void write(Path file, List<Layer> layers, Preprocessing preprocessing) {
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      write(hdf, layers);
      hdf.putAttribute(
          KerasWeightsFile.PREPROCESSING, preprocessing.scale() + " " + preprocessing.offset());
    } catch (HdfException e) {
      throw new WeightsException("%s cannot be written (%s)".formatted(file, e.getMessage()), e);
    }
  }

  /** Writes the layers and their attributes into a group. */
  static void write(WritableGroup group, List<Layer> layers) {
    group.putAttribute(
        KerasWeightsFile.LAYER_NAMES, layers.stream().map(Layer::name).toArray(String[]::new));
    for (Layer layer : layers) {
      List<String> names = layer.tensors().size() == KERNEL.size() ? KERNEL : BATCH_NORM;
      WritableGroup child = group.putGroup(layer.name());
      child.putAttribute(KerasWeightsFile.WEIGHT_NAMES, names.toArray(String[]::new));
      for (int i = 0; i < names.size(); i++) {
        child.putDataset(names.get(i), nested(layer.tensors().get(i)));
      }
    }
  }

  /** The tensor as a Java array of its shape: {@code float[]} or {@code float[][][][]}. */
  private static Object nested(Tensor tensor) {
    List<Integer> shape = tensor.shape();
    if (shape.size() == 1) {
      return tensor.toArray();
    }
    float[][][][] nested = new float[shape.get(0)][shape.get(1)][shape.get(2)][shape.get(3)];
    int position = 0;
    for (float[][][] plane : nested) {
      for (float[][] row : plane) {
        for (float[] values : row) {
          System.arraycopy(tensor.values(), position, values, 0, values.length);
          position += values.length;
        }
      }
    }
    return nested;
  }
}
