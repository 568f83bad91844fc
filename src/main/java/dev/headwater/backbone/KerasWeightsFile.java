package dev.headwater.backbone;

import dev.headwater.backbone.KerasWeights.Layer;
import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads the HDF5 files that Keras' {@code save_weights} and {@code save} write ("topological"
 * loading): the attribute {@code layer_names} lists the groups, each group's {@code weight_names}
 * its datasets. Layers are matched by order and shape; groups without weights are skipped.
 */
final class KerasWeightsFile {
  /** Root attribute of files that are not Keras' own: the preprocessing, as "scale offset". */
  static final String PREPROCESSING = "headwater_preprocessing";

  static final String LAYER_NAMES = "layer_names";
  static final String WEIGHT_NAMES = "weight_names";

  /** Of an attribute: far more than there are layers. */
  private static final int MOST_VALUES = 1 << 16;

  /**
   * What a file says.
   *
   * @param weights the weights
   * @param preprocessing what the file says of preprocessing, if it does: Keras' files do not
   */
  record Content(KerasWeights weights, Optional<Preprocessing> preprocessing) {}

  private record LayerGroup(String name, List<Dataset> datasets) {
    List<List<Integer>> shapes() {
      return datasets.stream().map(KerasWeightsFile::shape).toList();
    }
  }

  private KerasWeightsFile() {}

  /**
   * Reads a file of at most 64 MiB.
   *
   * @throws WeightsException if the file is missing, not HDF5, truncated or damaged, or does not
   *     hold MobileNetV2 (alpha 1.0, no top)
   */
  static Content read(Path file) {
    byte[] bytes = Hdf5Bytes.read(file);
    try (HdfFile hdf = HdfFile.fromBytes(bytes)) {
      return content(file.toString(), hdf);
    } catch (WeightsException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      // A damaged file makes the parser fail in many ways; all of them mean this.
      throw new WeightsException(
          "%s is damaged: it cannot be read as HDF5 (%s); fetch it again".formatted(file, e), e);
    }
  }

  private static Content content(String origin, HdfFile hdf) {
    List<LayerGroup> groups = weightedGroups(origin, topology(origin, hdf));
    WeightShapes.checkCount(origin, groups.size());
    List<Layer> layers = new ArrayList<>();
    for (LayerGroup group : groups) {
      WeightShapes.checkShapes(origin, layers.size(), group.name(), group.shapes());
      layers.add(new Layer(group.name(), tensors(origin, group)));
    }
    return new Content(KerasWeights.match(origin, layers), preprocessing(origin, hdf));
  }

  /** The group that lists the layers: the root, or {@code model_weights} of a whole model. */
  private static Group topology(String origin, HdfFile hdf) {
    for (Node node : Arrays.asList(hdf, hdf.getChild("model_weights"))) {
      if (node instanceof Group group && !strings(group, LAYER_NAMES).isEmpty()) {
        return group;
      }
    }
    throw new WeightsException(
        ("%s is HDF5 but has no attribute 'layer_names', so it is not a Keras weights "
                + "file (.h5) of the kind that load_weights reads")
            .formatted(origin));
  }

  private static List<LayerGroup> weightedGroups(String origin, Group topology) {
    List<LayerGroup> groups = new ArrayList<>();
    for (String layer : strings(topology, LAYER_NAMES)) {
      if (!(topology.getByPath(layer) instanceof Group group)) {
        throw new WeightsException(
            "%s lists the layer '%s', but holds no group of that name".formatted(origin, layer));
      }
      List<Dataset> datasets =
          strings(group, WEIGHT_NAMES).stream().map(group::getDatasetByPath).toList();
      if (!datasets.isEmpty()) {
        groups.add(new LayerGroup(layer, datasets));
      }
    }
    return groups;
  }

  /** A list of strings in an attribute, or in name0, name1 … where Keras had to split it. */
  private static List<String> strings(Node node, String name) {
    List<String> result = new ArrayList<>(strings(node.getAttribute(name)));
    for (int part = 0; node.getAttribute(name + part) != null; part++) {
      result.addAll(strings(node.getAttribute(name + part)));
    }
    return result;
  }

  private static List<String> strings(Attribute attribute) {
    if (attribute == null || attribute.isEmpty() || attribute.getSize() == 0) {
      return List.of();
    }
    Object data = data(attribute);
    return data instanceof String[] names ? List.of(names) : List.of(data.toString());
  }

  /** What a damaged file claims must not fill the heap. */
  private static Object data(Attribute attribute) {
    if (attribute.getSize() > MOST_VALUES) {
      throw new IllegalArgumentException(
          "attribute %s of %d values, expected %d at most"
              .formatted(attribute.getName(), attribute.getSize(), MOST_VALUES));
    }
    return attribute.getData();
  }

  private static List<Integer> shape(Dataset dataset) {
    return Arrays.stream(dataset.getDimensions()).boxed().toList();
  }

  private static List<Tensor> tensors(String origin, LayerGroup group) {
    List<Tensor> tensors = new ArrayList<>();
    for (Dataset dataset : group.datasets()) {
      if (!(dataset.getDataFlat() instanceof float[] values)) {
        throw new WeightsException(
            "%s: layer '%s' holds %s values, expected 32-bit floats"
                .formatted(origin, group.name(), dataset.getJavaType().getSimpleName()));
      }
      tensors.add(Tensor.wrap(shape(dataset), values));
    }
    return tensors;
  }

  private static Optional<Preprocessing> preprocessing(String origin, HdfFile hdf) {
    Attribute attribute = hdf.getAttribute(PREPROCESSING);
    if (attribute == null) {
      return Optional.empty();
    }
    String text = String.valueOf(data(attribute));
    String[] numbers = text.strip().split(" ", -1);
    try {
      return Optional.of(
          new Preprocessing(Float.parseFloat(numbers[0]), Float.parseFloat(numbers[1])));
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      throw new WeightsException(
          "%s has '%s' in its attribute '%s', expected a scale and an offset"
              .formatted(origin, text, PREPROCESSING),
          e);
    }
  }
}
