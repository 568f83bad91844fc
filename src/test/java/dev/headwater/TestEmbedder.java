package dev.headwater;

import dev.headwater.backbone.Embedding;
import dev.headwater.backbone.Engine;
import dev.headwater.backbone.MobileNetV2;
import dev.headwater.backbone.Progress;
import dev.headwater.backbone.RandomWeightsFile;
import dev.headwater.backbone.WeightsResolver;
import dev.headwater.backbone.WeightsSettings;
import dev.headwater.image.ImageDecoder;
import dev.headwater.image.ImageLimits;
import dev.headwater.image.ImageRejectedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Embeds in the test's own process, with the weights that a service was started with. */
final class TestEmbedder {
  private TestEmbedder() {}

  /** Returns the option that names a weights file: the real one, or a made-up one. */
  static List<String> weights(Path directory) {
    var real = RealFiles.weightsOption(directory);
    return real.isEmpty() ? RandomWeightsFile.option(directory) : real;
  }

  static List<Embedding> embed(List<String> weightsOption, List<byte[]> files)
      throws ImageRejectedException {
    String file = weightsOption.get(weightsOption.size() - 1);
    var settings = WeightsSettings.of(Map.of()).withFile(file);
    var weights = new WeightsResolver(settings).resolve(Progress.NONE);
    var backbone = MobileNetV2.of(weights, Engine.ONNX);
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
