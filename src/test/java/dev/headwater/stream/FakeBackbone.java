package dev.headwater.stream;

import dev.headwater.backbone.Backbone;
import dev.headwater.backbone.BackboneId;
import dev.headwater.backbone.Embedder;
import dev.headwater.backbone.Embedding;
import dev.headwater.image.Pixels;

/**
 * A backbone whose embedding is an image's mean colour: three numbers from 0 to 1, and their mean.
 */
public final class FakeBackbone implements Backbone {
  public static final int INPUT_SIZE = 8;

  private final BackboneId id;

  public FakeBackbone() {
    this("ab".repeat(32));
  }

  public FakeBackbone(String fingerprint) {
    id = new BackboneId("mean_colour", fingerprint, BackboneId.Quality.FULL);
  }

  @Override
  public BackboneId id() {
    return id;
  }

  @Override
  public int inputSize() {
    return INPUT_SIZE;
  }

  @Override
  public int embeddingSize() {
    return 4;
  }

  @Override
  public Embedder newEmbedder() {
    return new Embedder() {
      @Override
      public Embedding embed(Pixels pixels) {
        return meanColour(pixels);
      }

      @Override
      public void close() {}
    };
  }

  private static Embedding meanColour(Pixels pixels) {
    var values = new float[4];
    int count = pixels.width() * pixels.height();
    for (int i = 0; i < count * 3; i++) {
      values[i % 3] += pixels.value(i) / 255 / count;
    }
    values[3] = (values[0] + values[1] + values[2]) / 3;
    return Embedding.wrap(values);
  }
}
