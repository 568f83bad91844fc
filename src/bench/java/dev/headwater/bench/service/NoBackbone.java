package dev.headwater.bench.service;

import dev.headwater.backbone.Backbone;
import dev.headwater.backbone.BackboneId;
import dev.headwater.backbone.Embedder;

/** The backbone of those who bring embeddings of MobileNetV2's length and no image. */
final class NoBackbone implements Backbone {
  private static final BackboneId ID =
      new BackboneId("drawn", "d0".repeat(32), BackboneId.Quality.FULL);

  @Override
  public BackboneId id() {
    return ID;
  }

  @Override
  public int inputSize() {
    return 224;
  }

  @Override
  public int embeddingSize() {
    return 1280;
  }

  @Override
  public Embedder newEmbedder() {
    throw new UnsupportedOperationException("there are no images in this benchmark");
  }
}
