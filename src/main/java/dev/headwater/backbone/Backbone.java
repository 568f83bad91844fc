package dev.headwater.backbone;

/** A frozen image embedder: what it is, what it takes, and how to get one for a thread. */
public interface Backbone {
  BackboneId id();

  /** Width and height that {@link Embedder#embed} expects, in pixels (224 for MobileNetV2). */
  int inputSize();

  /** Number of values in an embedding (1280 for MobileNetV2). */
  int embeddingSize();

  /** Returns a new embedder for one thread; the caller closes it. */
  Embedder newEmbedder();
}
