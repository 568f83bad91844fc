package dev.headwater.learner;

import dev.headwater.backbone.Embedding;
import dev.headwater.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Labelled embeddings that are drawn: those to learn from and those to test on. */
public record DrawnClasses(List<Labelled> learnt, List<Labelled> heldBack) {

  /** One of them. */
  public record Labelled(Embedding embedding, boolean positive) {}

  /**
   * Draws two classes that overlap a little: each of the first values is shifted by class.
   *
   * @param inputs length of an embedding
   */
  public static DrawnClasses of(int inputs, int count, long seed) {
    var random = new SplittableRandom(seed);
    var all = new ArrayList<Labelled>();
    for (int n = 0; n < count + 400; n++) {
      boolean positive = random.nextBoolean();
      var values = new float[inputs];
      for (int i = 0; i < inputs; i++) {
        double shift = i < 8 ? (positive ? 0.62 : -0.62) : 0;
        values[i] = (float) Math.max(0, 1 + shift + random.nextGaussian());
      }
      all.add(new Labelled(Embedding.wrap(values), positive));
    }
    return new DrawnClasses(all.subList(400, all.size()), all.subList(0, 400));
  }

  /** Returns the share of images held back that a head answers rightly. */
  public double accuracy(Snapshot snapshot) {
    return heldBack.stream()
            .filter(
                image ->
                    snapshot.head().probability(image.embedding()) >= snapshot.threshold()
                        == image.positive())
            .count()
        / (double) heldBack.size();
  }
}
