package dev.headwater.stream;

import dev.headwater.backbone.Backbone;
import dev.headwater.backbone.Embedder;
import dev.headwater.backbone.Embedding;
import dev.headwater.image.Pixels;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Pools embedders, so that there are never more of them than threads that embed at once.
 *
 * <p>A stream thread runs many tasks, and tasks move between threads: an embedder for each task
 * would be too many. Thread-safe.
 */
public final class EmbedderPool implements AutoCloseable {
  private final Backbone backbone;
  private final ConcurrentLinkedDeque<Embedder> idle = new ConcurrentLinkedDeque<>();

  public EmbedderPool(Backbone backbone) {
    this.backbone = backbone;
  }

  /** Returns the embedding of one image. */
  public Embedding embed(Pixels pixels) {
    var pooled = idle.poll();
    var embedder = pooled == null ? backbone.newEmbedder() : pooled;
    try {
      return embedder.embed(pixels);
    } finally {
      idle.push(embedder);
    }
  }

  /** Closes the idle embedders; call it after the threads that embed have stopped. */
  @Override
  public void close() {
    for (var embedder = idle.poll(); embedder != null; embedder = idle.poll()) {
      embedder.close();
    }
  }
}
