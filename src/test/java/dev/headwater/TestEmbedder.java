package dev.headwater;

import dev.headwater.backbone.Embedding;
import dev.headwater.backbone.Engine;
import dev.headwater.backbone.MobileNetV2;
import dev.headwater.backbone.Progress;
import dev.headwater.backbone.WeightsResolver;
import dev.headwater.backbone.WeightsSettings;
import dev.headwater.image.ImageDecoder;
import dev.headwater.image.ImageLimits;
import dev.headwater.image.ImageRejectedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The backbone that a service was started with, in the test's own process. */
public final class TestEmbedder {
  private TestEmbedder() {}

  /**
   * Returns the backbone with the weights that an option names, as the service does: name,
   * fingerprint and quality are the same.
   */
  public static MobileNetV2 backbone(List<String> weightsOption) {
    String file = weightsOption.get(weightsOption.size() - 1);
    var settings = WeightsSettings.of(Map.of()).withFile(file);
    return MobileNetV2.of(new WeightsResolver(settings).resolve(Progress.NONE), Engine.ONNX);
  }

  static List<Embedding> embed(List<String> weightsOption, List<byte[]> files)
      throws ImageRejectedException {
    var backbone = backbone(weightsOption);
    int size = backbone.inputSize();
    var decoder = new ImageDecoder(ImageLimits.DEFAULT, size, size);
    var embeddings = new ArrayList<Embedding>();
    try (var embedder = backbone.newEmbedder()) {
      for (byte[] image : files) {
        embeddings.add(embedder.embed(decoder.decode(image)));
      }
    }
    return embeddings;
  }
}
