package dev.headwater.head;

import dev.headwater.backbone.Embedding;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Trains a head one example at a time: a full mini-batch is one optimiser step, followed by steps
 * on replayed examples against forgetting (experience replay, Lin 1992; Chaudhry et al. 2019).
 *
 * <p>A count triggers training, never a clock, and every random draw follows from the seed and the
 * number of examples: the same examples in the same order give the same weights. Not thread-safe.
 */
public final class OnlineLearner {
  private final LearnerSettings settings;
  private final HeadTrainer trainer;

  public OnlineLearner(LearnerSettings settings, HeadTrainer trainer) {
    this.settings = settings;
    this.trainer = trainer;
  }

  /** Takes note of an embedding, labelled or not, before it is scored or learnt. */
  public void see(LearnerMemory memory, Embedding embedding) {
    memory.saveStatistics(memory.statistics().plus(embedding));
  }

  /** Returns what the head in training says of an embedding: its probability, from 0 to 1. */
  public double probability(LearnerMemory memory, Embedding embedding) {
    return memory.training().head().probability(memory.statistics().standardise(embedding));
  }

  /** Returns the head in training as others can use it, on embeddings as they are. */
  public DenseHead head(LearnerMemory memory) {
    return memory.statistics().fold(memory.training().head());
  }

  /**
   * Takes one example that was seen before; trains if that fills a mini-batch.
   *
   * @return whether the weights changed
   */
  public boolean learn(LearnerMemory memory, Example example) {
    long count = memory.examples() + 1;
    memory.saveExamples(count);
    keep(memory, example, random(count, 0));
    memory.addPending(example);
    return memory.pendingCount() >= settings.batchSize() && flush(memory);
  }

  /**
   * Trains on what waits for the mini-batch to fill.
   *
   * @return whether anything waited
   */
  public boolean flush(LearnerMemory memory) {
    var pending = memory.pending();
    if (pending.isEmpty()) {
      return false;
    }
    train(memory, pending);
    return true;
  }

  private void keep(LearnerMemory memory, Example example, SplittableRandom random) {
    var placement = memory.reservoir().offer(example.domain(), example.positive(), random);
    placement
        .move()
        .ifPresent(
            move -> {
              memory.saveSlot(move.to(), memory.slot(move.from()));
              memory.deleteSlot(move.from());
            });
    placement.slot().ifPresent(slot -> memory.saveSlot(slot, example));
    memory.saveReservoir(placement.next());
  }

  private void train(LearnerMemory memory, List<Example> fresh) {
    var random = random(memory.examples(), 1);
    var miniBatches = new ArrayList<List<Example>>();
    miniBatches.add(standardised(memory, fresh));
    for (int i = 0; i < settings.replayBatches(); i++) {
      var slots = memory.reservoir().sample(settings.batchSize(), random);
      miniBatches.add(standardised(memory, slots.stream().map(memory::slot).toList()));
    }
    memory.saveTraining(trainer.train(memory.training(), miniBatches));
    memory.clearPending();
  }

  private static List<Example> standardised(LearnerMemory memory, List<Example> examples) {
    var statistics = memory.statistics();
    return examples.stream()
        .map(e -> new Example(statistics.standardise(e.embedding()), e.positive(), e.domain()))
        .toList();
  }

  /** A stream of its own for each example and purpose, so that no generator has to be stored. */
  private SplittableRandom random(long example, int purpose) {
    return new SplittableRandom(
        settings.seed() * 0x9E3779B97F4A7C15L + example * 0xBF58476D1CE4E5B9L + purpose);
  }
}
