package dev.headwater.app;

import dev.headwater.backbone.BackboneId;
import dev.headwater.backbone.BackboneProof;
import dev.headwater.backbone.Engine;
import dev.headwater.backbone.MobileNetV2;
import dev.headwater.backbone.Progress;
import dev.headwater.backbone.WeightsResolver;
import dev.headwater.backbone.WeightsSettings;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * A backbone that has proved itself, with where its weights came from.
 *
 * @param origin in words, with the file
 */
record LoadedBackbone(MobileNetV2 backbone, String origin) {
  private static final Logger LOG = Logger.getLogger(LoadedBackbone.class);

  static LoadedBackbone load(WeightsSettings settings, Engine engine, Progress progress) {
    var weights = new WeightsResolver(settings).resolve(progress);
    var backbone = MobileNetV2.of(weights, engine);
    BackboneProof.prove(backbone);
    var loaded = new LoadedBackbone(backbone, weights.origin() + ": " + weights.file());
    LOG.infof(
        "Backbone: %s", Map.of("id", backbone.id(), "engine", engine, "weights", loaded.origin()));
    if (weights.quality() == BackboneId.Quality.REDUCED) {
      LOG.warn(
          "The backbone is of REDUCED QUALITY: a stand-in fine-tuned on another task, 8-bit; for"
              + " real work give Keras' file with --weights or HEADWATER_WEIGHTS");
    }
    return loaded;
  }
}
