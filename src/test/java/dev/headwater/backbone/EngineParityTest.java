package dev.headwater.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.backbone.BackboneId.Quality;
import dev.headwater.image.Pixels;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both engines and the plain Java pass compute the same from weights that no file holds. */
class EngineParityTest {
  private static final Offset<Float> TOLERANCE = Offset.offset(1e-3f);

  private static MobileNetV2 backbone(long seed, Engine engine) {
    return MobileNetV2.of(RandomWeights.of(seed), Preprocessing.SYMMETRIC, Quality.FULL, engine);
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12})
  void shouldAgreeOnRandomWeights(long seed) {
    var image = RandomWeights.image(seed);
    var planes = new float[3 * 224 * 224];
    Preprocessing.SYMMETRIC.toPlanes(image, 224, planes);
    float[] expected = new ReferencePass(backbone(seed, Engine.ONNX).convolutions()).embed(planes);

    assertThat(variance(expected)).as("weights that keep the network alive").isGreaterThan(1e-3);
    for (Engine engine : Engine.values()) {
      try (Embedder embedder = backbone(seed, engine).newEmbedder()) {
        assertThat(embedder.embed(image).toArray())
            .as("%s, seed %d", engine, seed)
            .containsExactly(expected, TOLERANCE);
      }
    }
  }

  private static double variance(float[] values) {
    double sum = 0;
    double squares = 0;
    for (float value : values) {
      sum += value;
      squares += value * value;
    }
    return squares / values.length - Math.pow(sum / values.length, 2);
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void shouldNotMixUpImages(Engine engine) {
    try (Embedder one = backbone(5, engine).newEmbedder();
        Embedder two = backbone(5, engine).newEmbedder()) {
      var first = one.embed(RandomWeights.image(1));
      var second = two.embed(RandomWeights.image(2));

      assertThat(one.embed(RandomWeights.image(2))).isEqualTo(second);
      assertThat(two.embed(RandomWeights.image(1))).isEqualTo(first);
      assertThat(first).isNotEqualTo(second);
      assertThat(first.size()).isEqualTo(1280);
    }
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void shouldRefuseImageOfAnotherSize(Engine engine) {
    try (Embedder embedder = backbone(5, engine).newEmbedder()) {
      var small = Pixels.copyOf(2, 1, new float[6]);
      assertThatThrownBy(() -> embedder.embed(small))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("an image of 2 x 1 pixels, expected 224 x 224");
    }
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void shouldRefuseToEmbedOnceClosed(Engine engine) {
    Embedder embedder = backbone(5, engine).newEmbedder();
    embedder.close();
    embedder.close();

    assertThatThrownBy(() -> embedder.embed(RandomWeights.image(1)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shouldIdentifyBackboneByWeightsPreprocessingAndPrecisionAlone() {
    var id = backbone(5, Engine.ONNX).id();

    assertThat(id.name()).isEqualTo("mobilenet_v2_1.0_224");
    assertThat(backbone(5, Engine.DL4J).id()).isEqualTo(id);
    assertThat(backbone(6, Engine.ONNX).id().fingerprint()).isNotEqualTo(id.fingerprint());
    assertThat(Fingerprint.of(RandomWeights.of(5), Preprocessing.UNIT, "fp32"))
        .isNotEqualTo(id.fingerprint());
    assertThat(Fingerprint.of(RandomWeights.of(5), Preprocessing.SYMMETRIC, "int8"))
        .isNotEqualTo(id.fingerprint());
  }
}
