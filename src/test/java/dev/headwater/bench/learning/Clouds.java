package dev.headwater.bench.learning;

import dev.headwater.backbone.Embedding;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Draws embeddings around one centre for each class, which each domain shifts. */
final class Clouds {
  static final int INPUTS = 12;

  private Clouds() {}

  /** Returns domains "day" and "night", each with {@code perClass} images of each class, mixed. */
  static List<StreamItem> stream(int perClass, long seed) {
    var random = new Random(seed);
    var items = new ArrayList<StreamItem>();
    for (String domain : List.of("day", "night")) {
      for (int i = 0; i < 2 * perClass; i++) {
        boolean positive = i % 2 == 1;
        items.add(
            new StreamItem(domain + i, embedding(random, positive, domain), positive, domain));
      }
    }
    return items;
  }

  private static Embedding embedding(Random random, boolean positive, String domain) {
    var values = new float[INPUTS];
    for (int i = 0; i < INPUTS; i++) {
      double centre = (positive == (i % 2 == 0) ? 2 : 0) + (domain.equals("night") ? 1 : 0);
      values[i] = (float) (centre + 0.5 * random.nextGaussian());
    }
    return Embedding.wrap(values);
  }
}
