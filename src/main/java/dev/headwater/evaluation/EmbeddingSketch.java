package dev.headwater.evaluation;

/**
 * A short vector that stands for an embedding: each value is added, with a sign, to one of {@link
 * #SIZE} numbers (feature hashing, Weinberger et al. 2009), which keeps distances on average.
 *
 * <p>Values are replaced by their square roots first: embeddings are ReLUs' outputs, mostly small
 * with few large ones, and a mean should not be that of the few. Places and signs are fixed.
 */
final class EmbeddingSketch {
  /** Numbers in a sketch. */
  static final int SIZE = 64;

  private EmbeddingSketch() {}

  /** Returns the sketch of an embedding of any size. */
  static double[] of(float[] embedding) {
    var sketch = new double[SIZE];
    for (int i = 0; i < embedding.length; i++) {
      long hash = mixed(i);
      double root = Math.copySign(Math.sqrt(Math.abs(embedding[i])), embedding[i]);
      sketch[(int) (hash >>> 58)] += (hash & 1) == 0 ? root : -root;
    }
    return sketch;
  }

  /** SplitMix64 (Steele, Lea and Flood 2014). */
  private static long mixed(int index) {
    long z = (index + 1) * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
