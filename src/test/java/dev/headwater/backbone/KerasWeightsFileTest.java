package dev.headwater.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.backbone.KerasWeights.Layer;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KerasWeightsFileTest {
  private static final List<Layer> LAYERS = RandomWeights.layers(1);

  @TempDir private static Path shared;
  @TempDir private Path folder;

  private static byte[] good;

  @BeforeAll
  static void writeGoodFile() throws IOException {
    Path file = shared.resolve("good.h5");
    KerasWeightsWriter.write(file, LAYERS, Preprocessing.UNIT);
    good = Files.readAllBytes(file);
  }

  @Test
  void shouldReadWhatWasWrittenUnderAnyNames() {
    var content = KerasWeightsFile.read(shared.resolve("good.h5"));

    assertThat(content.preprocessing()).contains(Preprocessing.UNIT);
    var tensors = content.weights().tensors();
    var expected = LAYERS.stream().flatMap(layer -> layer.tensors().stream()).toList();
    assertThat(tensors).hasSameSizeAs(expected);
    for (int i = 0; i < tensors.size(); i++) {
      assertThat(tensors.get(i).shape()).isEqualTo(expected.get(i).shape());
      assertThat(tensors.get(i).toArray()).isEqualTo(expected.get(i).toArray());
    }
  }

  @Test
  void shouldReadWholeModelAndSkipLayersWithoutWeights() {
    Path file = folder.resolve("model.h5");
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      var weights = hdf.putGroup("model_weights");
      KerasWeightsWriter.write(weights, LAYERS);
      weights.removeAttribute(KerasWeightsFile.LAYER_NAMES);
      var names = new ArrayList<String>(List.of("input_1"));
      LAYERS.forEach(layer -> names.add(layer.name()));
      weights.putGroup("input_1");
      weights.putAttribute(KerasWeightsFile.LAYER_NAMES, names.toArray(String[]::new));
    }

    var content = KerasWeightsFile.read(file);

    assertThat(content.preprocessing()).isEmpty();
    assertThat(content.weights().convolutions()).hasSize(52);
  }

  @Test
  void shouldReadLayerNamesThatKerasSplit() {
    Path file = folder.resolve("split.h5");
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      KerasWeightsWriter.write(hdf, LAYERS);
      hdf.removeAttribute(KerasWeightsFile.LAYER_NAMES);
      String[] names = LAYERS.stream().map(Layer::name).toArray(String[]::new);
      hdf.putAttribute("layer_names0", Arrays.copyOfRange(names, 0, 50));
      hdf.putAttribute("layer_names1", Arrays.copyOfRange(names, 50, names.length));
    }

    assertThat(KerasWeightsFile.read(file).weights().convolutions()).hasSize(52);
  }

  @Test
  void shouldRefuseMissingFile() {
    assertRefused(folder.resolve("none.h5"), "there is no weights file");
  }

  @Test
  void shouldRefuseDirectory() {
    assertRefused(folder, "is a directory");
  }

  @Test
  void shouldRefuseEmptyFile() throws IOException {
    assertRefused(write(new byte[0]), "is not an HDF5 file (it is empty)");
  }

  @Test
  void shouldRefuseFileThatIsNotHdf5() throws IOException {
    byte[] page = "<!doctype html><title>404</title>".getBytes(StandardCharsets.UTF_8);
    assertRefused(write(page), "is not an HDF5 file (its signature is missing)");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.000001, 0.00001, 0.001, 0.5, 0.999999})
  void shouldRefuseTruncatedFile(double part) throws IOException {
    int length = Math.max(9, (int) (good.length * part));
    assertRefused(write(Arrays.copyOf(good, length)), "is truncated: it has " + length + " bytes");
  }

  @Test
  void shouldRefuseUnreasonablyLargeFile() throws IOException {
    Path file = folder.resolve("large.h5");
    try (var large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength(65L << 20);
    }
    assertRefused(file, "has 68157440 bytes");
  }

  @Test
  void shouldRefuseHdf5OfAnotherKind() {
    Path file = folder.resolve("other.h5");
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      hdf.putDataset("numbers", new float[] {1, 2});
    }
    assertRefused(file, "has no attribute 'layer_names'");
  }

  @Test
  void shouldRefuseMissingLayer() {
    assertRefused(write(LAYERS.subList(0, 103)), "has 103 layers with weights");
  }

  @Test
  void shouldRefuseFileWithClassifier() {
    var withTop = new ArrayList<Layer>(LAYERS);
    withTop.add(new Layer("Logits", List.of(LAYERS.get(0).tensors().get(0))));
    assertRefused(write(withTop), "it seems to carry the classifier");
  }

  @Test
  void shouldRefuseWrongShapeNamingTheLayer() {
    var layers = new ArrayList<Layer>(LAYERS);
    var narrow = RandomWeights.tensor(List.of(3, 3, 3, 16), 0, new Random(1));
    layers.set(0, new Layer("stem", List.of(narrow)));
    assertRefused(
        write(layers),
        "layer 1 with weights ('stem') has shapes [[3, 3, 3, 16]], but MobileNetV2's "
            + "'Conv1' has [[3, 3, 3, 32]]");
  }

  @Test
  void shouldRefuseValuesThatAreNotFinite() {
    var layers = new ArrayList<Layer>(LAYERS);
    float[] values = layers.get(0).tensors().get(0).toArray();
    values[7] = Float.NaN;
    layers.set(0, new Layer("stem", List.of(Tensor.wrap(List.of(3, 3, 3, 32), values))));
    assertRefused(write(layers), "layer 'stem' holds NaN at position 7 of its tensor 1");
  }

  @Test
  void shouldRefuseDoubles() {
    Path file = folder.resolve("doubles.h5");
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      KerasWeightsWriter.write(hdf, LAYERS.subList(1, 104));
      hdf.removeAttribute(KerasWeightsFile.LAYER_NAMES);
      var first = hdf.putGroup("stem");
      first.putAttribute(KerasWeightsFile.WEIGHT_NAMES, new String[] {"kernel:0"});
      first.putDataset("kernel:0", new double[3][3][3][32]);
      var names = new ArrayList<String>(List.of("stem"));
      LAYERS.subList(1, 104).forEach(layer -> names.add(layer.name()));
      hdf.putAttribute(KerasWeightsFile.LAYER_NAMES, names.toArray(String[]::new));
    }
    assertRefused(file, "layer 'stem' holds double values, expected 32-bit floats");
  }

  /** Damage shows as a WeightsException or, inside a tensor, not at all; never as anything else. */
  @Test
  void shouldNeverSurfaceTheParsersOwnErrors() throws IOException {
    long seed = 20_261;
    var random = new Random(seed);
    int refused = 0;
    for (int i = 0; i < 40; i++) {
      byte[] damaged = good.clone();
      int span = i % 2 == 0 ? 4096 : damaged.length;
      for (int flip = 0; flip < 60; flip++) {
        damaged[8 + random.nextInt(span - 8)] = (byte) random.nextInt();
      }
      try {
        KerasWeightsFile.read(write(damaged));
      } catch (WeightsException e) {
        refused++;
        assertThat(e).as("seed %d, file %d", seed, i).hasMessageContaining("weights.h5");
      }
    }
    assertThat(refused).isGreaterThan(10);
  }

  private static void assertRefused(Path file, String sentence) {
    assertThatThrownBy(() -> KerasWeightsFile.read(file))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining(sentence)
        .hasMessageContaining(file.toString())
        .message()
        .doesNotContain("\n");
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("weights.h5"), bytes);
  }

  private Path write(List<Layer> layers) {
    Path file = folder.resolve("weights.h5");
    KerasWeightsWriter.write(file, layers, Preprocessing.UNIT);
    return file;
  }
}
