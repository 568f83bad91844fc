package dev.headwater.backbone;

import dev.headwater.image.Pixels;

/**
 * Proves a backbone before it serves: two drawn images are embedded by its engine, the embeddings
 * are held against a pass in plain Java from the same weights, and they must tell the images apart.
 */
public final class BackboneProof {
  /** Largest difference that two ways of summing the same products may make. */
  private static final float TOLERANCE = 1e-3f;

  /** Fewer live values than this (in 1280) mean weights that kill what they should pass on. */
  private static final int MIN_ALIVE = 64;

  /** Two images that differ everywhere must be at least this far apart in some value. */
  private static final float MIN_DISTANCE = 0.05f;

  private BackboneProof() {}

  /**
   * Takes about a second: opens and closes an embedder, and leaves the engine warm.
   *
   * @throws BackboneException if the engine computes something else than the weights say, or not
   *     the same twice
   * @throws WeightsException if the weights cannot be those of a trained network
   */
  public static void prove(MobileNetV2 backbone) {
    try (Embedder embedder = backbone.newEmbedder()) {
      prove(backbone, embedder);
    }
  }

  static void prove(MobileNetV2 backbone, Embedder embedder) {
    Pixels gradient = gradient(backbone.inputSize());
    float[] first = embed(backbone, embedder, gradient);
    requireEqual(backbone, reference(backbone, gradient), first, "the weights give");
    requireAlive(backbone, first);
    float[] other = embed(backbone, embedder, stripes(backbone.inputSize()));
    float[] again = embed(backbone, embedder, gradient);
    requireEqual(backbone, first, again, "the same image gave before");
    if (distance(first, other) < MIN_DISTANCE) {
      throw new WeightsException(
          ("%s tells two different images apart by %s at most, expected %s or more: these "
                  + "are not trained weights, fetch them again")
              .formatted(name(backbone), distance(first, other), MIN_DISTANCE));
    }
  }

  private static float[] embed(MobileNetV2 backbone, Embedder embedder, Pixels pixels) {
    float[] values;
    try {
      values = embedder.embed(pixels).toArray();
    } catch (IllegalArgumentException e) {
      throw new BackboneException(
          "%s gives an embedding that cannot be used: %s".formatted(name(backbone), e.getMessage()),
          e);
    }
    if (values.length != backbone.embeddingSize()) {
      throw new BackboneException(
          "%s gives %d values, expected %d"
              .formatted(name(backbone), values.length, backbone.embeddingSize()));
    }
    return values;
  }

  private static float[] reference(MobileNetV2 backbone, Pixels pixels) {
    int size = backbone.inputSize();
    float[] planes = new float[MobileNetV2Architecture.INPUT_CHANNELS * size * size];
    backbone.preprocessing().toPlanes(pixels, size, planes);
    return new ReferencePass(backbone.convolutions()).embed(planes);
  }

  private static void requireEqual(
      MobileNetV2 backbone, float[] expected, float[] found, String source) {
    for (int i = 0; i < expected.length; i++) {
      if (!(Math.abs(expected[i] - found[i]) <= TOLERANCE)) {
        throw new BackboneException(
            ("%s gives %s for value %d of the proof image, but %s %s: choose the other "
                    + "engine and report this")
                .formatted(name(backbone), found[i], i, source, expected[i]));
      }
    }
  }

  private static void requireAlive(MobileNetV2 backbone, float[] values) {
    int alive = 0;
    for (float value : values) {
      alive += value > 0 ? 1 : 0;
    }
    if (alive < MIN_ALIVE) {
      throw new WeightsException(
          ("%s gives only %d values above 0 of %d, expected %d or more: these are not "
                  + "trained weights, fetch them again")
              .formatted(name(backbone), alive, values.length, MIN_ALIVE));
    }
  }

  private static float distance(float[] left, float[] right) {
    float distance = 0;
    for (int i = 0; i < left.length; i++) {
      distance = Math.max(distance, Math.abs(left[i] - right[i]));
    }
    return distance;
  }

  private static String name(MobileNetV2 backbone) {
    return "backbone %s (engine %s)".formatted(backbone.id().name(), backbone.engine());
  }

  /** Black at the top left; red grows to the right, green downwards, blue along both. */
  private static Pixels gradient(int size) {
    float[] rgb = new float[size * size * 3];
    for (int i = 0; i < size * size; i++) {
      int row = i / size;
      float x = 255f * (i % size) / (size - 1);
      float y = 255f * row / (size - 1);
      rgb[3 * i] = x;
      rgb[3 * i + 1] = y;
      rgb[3 * i + 2] = (x + y) / 2;
    }
    return Pixels.copyOf(size, size, rgb);
  }

  /** Diagonal stripes of yellow on blue, 16 pixels apart. */
  private static Pixels stripes(int size) {
    float[] rgb = new float[size * size * 3];
    for (int i = 0; i < size * size; i++) {
      boolean light = (i % size + i / size) / 16 % 2 == 0;
      rgb[3 * i] = light ? 230 : 20;
      rgb[3 * i + 1] = light ? 200 : 40;
      rgb[3 * i + 2] = light ? 30 : 160;
    }
    return Pixels.copyOf(size, size, rgb);
  }
}
