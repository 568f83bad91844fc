package dev.headwater.bench.learning;

import dev.headwater.backbone.Embedding;
import dev.headwater.head.DenseHead;
import dev.headwater.head.Example;
import dev.headwater.head.HeadTrainer;
import dev.headwater.head.TrainingState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The service's head trained offline to convergence: on standardised inputs, in as many epochs of
 * mini-batches of 32 as it takes.
 *
 * <p>A tenth of each class is held back; training stops once the loss on that tenth, both classes
 * weighing the same, has not improved for {@link #PATIENCE} epochs, and keeps the epoch that did
 * best.
 *
 * @param standardiser of the images that it was trained on
 * @param head for standardised inputs
 */
record OfflineHead(Standardiser standardiser, DenseHead head) {
  private static final int BATCH = 32;
  private static final int PATIENCE = 5;
  private static final int MOST_EPOCHS = 50;
  private static final int HELD_BACK = 10;

  /** A loss that falls by less has not improved. */
  private static final double LEAST_GAIN = 1e-3;

  /** Answers for an embedding as it is. */
  Answer predict(Embedding embedding) {
    return Answer.of(head.probability(standardiser.apply(embedding)));
  }

  /** Draws from {@code random}, and keeps, one tenth of each class; returns the others. */
  private static List<Example> split(
      List<Example> examples, boolean positive, List<Example> held, Random random) {
    var ofClass = new ArrayList<>(examples.stream().filter(e -> e.positive() == positive).toList());
    Collections.shuffle(ofClass, random);
    int count = ofClass.size() / HELD_BACK;
    held.addAll(ofClass.subList(0, count));
    return ofClass.subList(count, ofClass.size());
  }

  /**
   * Trains a head.
   *
   * @param balanced whether the smaller class is used as often as the larger one in each epoch
   */
  static OfflineHead train(
      HeadTrainer trainer, List<StreamItem> items, boolean balanced, long seed) {
    var standardiser = Standardiser.of(items);
    var examples =
        items.stream()
            .map(
                i ->
                    new Example(
                        i.imageId(), standardiser.apply(i.embedding()), i.positive(), i.domain()))
            .toList();
    var random = new Random(seed);
    var held = new ArrayList<Example>();
    var positives = split(examples, true, held, random);
    var negatives = split(examples, false, held, random);
    int inputs = items.get(0).embedding().size();
    var best = TrainingState.initial(inputs, seed);
    var state = best;
    double bestLoss = Double.POSITIVE_INFINITY;
    for (int epoch = 0, worse = 0; epoch < MOST_EPOCHS && worse < PATIENCE; epoch++) {
      state = trainer.train(state, miniBatches(positives, negatives, balanced, random));
      double loss = loss(state.head(), held);
      worse = loss < bestLoss - LEAST_GAIN ? 0 : worse + 1;
      if (worse == 0) {
        bestLoss = loss;
        best = state;
      }
    }
    return new OfflineHead(standardiser, best.head());
  }

  private static List<List<Example>> miniBatches(
      List<Example> positives, List<Example> negatives, boolean balanced, Random random) {
    var epoch = new ArrayList<Example>();
    int larger = Math.max(positives.size(), negatives.size());
    for (var ofClass : List.of(positives, negatives)) {
      int count = balanced && !ofClass.isEmpty() ? larger : ofClass.size();
      for (int i = 0; i < count; i++) {
        epoch.add(ofClass.get(i % ofClass.size()));
      }
    }
    Collections.shuffle(epoch, random);
    var batches = new ArrayList<List<Example>>();
    for (int from = 0; from < epoch.size(); from += BATCH) {
      batches.add(epoch.subList(from, Math.min(from + BATCH, epoch.size())));
    }
    return batches;
  }

  /** Mean log loss, each class weighing the same. */
  private static double loss(DenseHead head, List<Example> held) {
    return loss(head, held, true) + loss(head, held, false);
  }

  private static double loss(DenseHead head, List<Example> held, boolean positive) {
    return held.stream()
        .filter(example -> example.positive() == positive)
        .mapToDouble(example -> head.logit(example.embedding()))
        .map(logit -> Math.log1p(Math.exp(positive ? -logit : logit)))
        .average()
        .orElse(0);
  }
}
