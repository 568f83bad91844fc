package dev.headwater.bench.service;

import dev.headwater.backbone.Backbone;
import dev.headwater.backbone.Embedding;
import java.util.Optional;
import java.util.Random;

/**
 * Draws what inference would tell a model's learner: embeddings around one centre for each class,
 * none of them negative, and published answers that are right nine times of ten.
 *
 * <p>The same model and number give the same example, whenever it is drawn.
 */
final class DrawnExamples {
  private static final double RIGHT = 0.9;
  private static final int SNAPSHOT_EVERY = 64;

  private final Backbone backbone;

  DrawnExamples(Backbone backbone) {
    this.backbone = backbone;
  }

  static String model(int index) {
    return "model-" + index;
  }

  /** Returns the value of a record on the topic of examples. */
  byte[] example(int model, int number, boolean labelled) {
    var random = new Random(1_000_003L * model + number);
    boolean positive = random.nextBoolean();
    boolean saidPositive = (random.nextDouble() < RIGHT) == positive;
    double doubt = random.nextDouble() * 0.4;
    return ExampleRecords.observation(
        "%s-%d".formatted(model(model), number),
        number % 2 == 0 ? "day" : "night",
        backbone.id(),
        embedding(random, positive),
        labelled ? Optional.of(positive) : Optional.empty(),
        saidPositive ? 1 - doubt : doubt,
        number / SNAPSHOT_EVERY);
  }

  private Embedding embedding(Random random, boolean positive) {
    var values = new float[backbone.embeddingSize()];
    for (int i = 0; i < values.length; i++) {
      double centre = positive == (i % 16 == 0) ? 0.5 : 0.3;
      values[i] = (float) Math.max(0, centre + 0.4 * random.nextGaussian());
    }
    return Embedding.wrap(values);
  }
}
