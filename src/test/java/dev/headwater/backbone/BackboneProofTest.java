package dev.headwater.backbone;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.backbone.BackboneId.Quality;
import dev.headwater.backbone.KerasWeights.Layer;
import dev.headwater.image.Pixels;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BackboneProofTest {
  private static MobileNetV2 backbone(KerasWeights weights, Engine engine) {
    return MobileNetV2.of(weights, Preprocessing.SYMMETRIC, Quality.FULL, engine);
  }

  /** An engine gone wrong: the right embedding, then changed. */
  private record Altered(Embedder engine, UnaryOperator<float[]> change) implements Embedder {
    @Override
    public Embedding embed(Pixels pixels) {
      return Embedding.wrap(change.apply(engine.embed(pixels).toArray()));
    }

    @Override
    public void close() {
      engine.close();
    }
  }

  private static void assertRefused(UnaryOperator<float[]> change, String sentence) {
    var backbone = backbone(RandomWeights.of(21), Engine.ONNX);
    try (Embedder embedder = new Altered(backbone.newEmbedder(), change)) {
      assertThatThrownBy(() -> BackboneProof.prove(backbone, embedder))
          .isInstanceOf(BackboneException.class)
          .hasMessageContaining(sentence);
    }
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void shouldProveEngineThatComputesWhatTheWeightsSay(Engine engine) {
    var backbone = backbone(RandomWeights.of(21), engine);
    assertThatCode(() -> BackboneProof.prove(backbone)).doesNotThrowAnyException();
  }

  @Tag("real-files")
  @ParameterizedTest
  @EnumSource(Engine.class)
  void shouldProveRealWeights(Engine engine) {
    var resolved = ResolvedWeights.read(SharedFiles.weights(), "a test");
    assertThatCode(() -> BackboneProof.prove(MobileNetV2.of(resolved, engine)))
        .doesNotThrowAnyException();
  }

  @Test
  void shouldRefuseEngineOfOtherWeights() {
    var backbone = backbone(RandomWeights.of(21), Engine.ONNX);
    try (Embedder other = backbone(RandomWeights.of(22), Engine.ONNX).newEmbedder()) {
      assertThatThrownBy(() -> BackboneProof.prove(backbone, other))
          .isInstanceOf(BackboneException.class)
          .hasMessageContaining("but the weights give");
    }
  }

  @Test
  void shouldRefuseOneWrongValue() {
    assertRefused(
        values -> {
          values[1279] += 0.01f;
          return values;
        },
        "for value 1279 of the proof image");
  }

  @Test
  void shouldRefuseValuesThatAreNotFinite() {
    assertRefused(
        values -> {
          values[3] = Float.NaN;
          return values;
        },
        "embedding[3] is NaN");
  }

  @Test
  void shouldRefuseWrongLength() {
    assertRefused(values -> new float[1001], "gives 1001 values, expected 1280");
  }

  @Test
  void shouldRefuseEngineThatForgets() {
    int[] calls = {0};
    assertRefused(
        values -> {
          values[0] += calls[0]++ == 2 ? 1 : 0;
          return values;
        },
        "but the same image gave before");
  }

  @Test
  void shouldRefuseWeightsThatPassNothingOn() {
    List<Layer> zeros =
        RandomWeights.layers(1).stream()
            .map(
                layer ->
                    new Layer(
                        layer.name(),
                        layer.tensors().stream()
                            .map(tensor -> Tensor.wrap(tensor.shape(), new float[tensor.size()]))
                            .toList()))
            .toList();
    var backbone = backbone(KerasWeights.match("zeros", zeros), Engine.ONNX);

    assertThatThrownBy(() -> BackboneProof.prove(backbone))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("these are not trained weights");
  }
}
