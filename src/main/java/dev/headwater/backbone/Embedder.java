package dev.headwater.backbone;

import dev.headwater.image.Pixels;

/** Turns pixels into embeddings on one thread; not thread-safe, so each stream thread owns one. */
public interface Embedder extends AutoCloseable {
  /**
   * Returns the embedding of one image.
   *
   * @throws IllegalArgumentException if the pixels are not of the backbone's input size
   */
  Embedding embed(Pixels pixels);

  /** Frees native memory. */
  @Override
  void close();
}
