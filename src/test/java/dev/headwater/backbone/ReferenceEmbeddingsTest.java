package dev.headwater.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.backbone.BackboneId.Quality;
import java.io.IOException;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both engines compute the published embeddings from the real ImageNet weights. */
@Tag("real-files")
class ReferenceEmbeddingsTest {
  private static final Offset<Float> TOLERANCE = Offset.offset(1e-3f);

  /** Heads and snapshots name a backbone by this: another value orphans them all. */
  @Test
  void shouldKeepTheFingerprintOfTheRealWeights() {
    var resolved = ResolvedWeights.read(SharedFiles.weights(), "a test");
    assertThat(MobileNetV2.of(resolved, Engine.ONNX).id().fingerprint())
        .isEqualTo("ef8fff716e5dde6791bde163d45d1c2d74e496b77b0bb804c01d73f10ba8f6f8");
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void shouldMatchReferenceEmbeddings(Engine engine) throws IOException {
    var weights = KerasWeightsFile.read(SharedFiles.weights()).weights();
    var backbone = MobileNetV2.of(weights, Preprocessing.SYMMETRIC, Quality.FULL, engine);
    try (Embedder embedder = backbone.newEmbedder()) {
      for (Map.Entry<String, float[]> reference : SharedFiles.referenceEmbeddings().entrySet()) {
        var embedding = embedder.embed(SharedFiles.referenceImage(reference.getKey()));
        assertThat(embedding.toArray())
            .as("%s with %s", reference.getKey(), engine)
            .containsExactly(reference.getValue(), TOLERANCE);
      }
    }
  }
}
