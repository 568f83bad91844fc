package dev.headwater.head;

import dev.headwater.backbone.Embedding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * Learns a head one example at a time, in two components whose scores are weighed by how they did
 * lately:
 *
 * <ul>
 *   <li>a network trained by gradient: a full mini-batch is one optimiser step, followed by steps
 *       on replayed examples against forgetting (experience replay, Lin 1992; Chaudhry et al.
 *       2019);
 *   <li>a linear discriminant of the replayed examples in closed form, right from the first ones
 *       on.
 * </ul>
 *
 * <p>A count triggers training, never a clock, and every random draw follows from the seed and the
 * number of examples and corrections: the same ones in the same order give the same weights. Not
 * thread-safe.
 */
public final class OnlineLearner {
  /** Up to so many labels the discriminant follows each of them. */
  private static final int EACH_LABEL = 16;

  /**
   * Up to so many labels, and for a while after a change, it follows every few of them; otherwise,
   * each mini-batch.
   */
  private static final int EVERY_FEW_LABELS = 64;

  private static final int FEW = 4;

  /** Mini-batches from which a network that begins anew learns what is kept. */
  private static final int CATCHING_UP = 100;

  /** Most examples that the discriminant is fitted to, however many are kept. */
  private static final int MOST_FITTED = 2_000;

  private final LearnerSettings settings;
  private final HeadTrainer trainer;
  private final TrainingState untrained;

  /**
   * @param inputs length of an embedding
   */
  public OnlineLearner(LearnerSettings settings, int inputs) {
    this.settings = settings;
    this.trainer = new HeadTrainer(inputs, HeadAssembly.TRAINED_UNITS);
    this.untrained = TrainingState.initial(inputs, HeadAssembly.TRAINED_UNITS, settings.seed());
  }

  /** Returns the state of a network that has learnt nothing. */
  public TrainingState untrained() {
    return untrained;
  }

  /** Takes note of an embedding, labelled or not, before it is scored or learnt. */
  public void see(LearnerMemory memory, Embedding embedding) {
    memory.saveStatistics(memory.statistics().plus(embedding));
  }

  /** Returns what the head in training says of an embedding: its probability, from 0 to 1. */
  public double probability(LearnerMemory memory, Embedding embedding) {
    return memory.ensemble().calibration().probability(baseScores(memory, embedding));
  }

  private static BaseScores baseScores(LearnerMemory memory, Embedding embedding) {
    return new BaseScores(
        memory.ensemble().linear().score(embedding),
        memory.training().head().logit(memory.statistics().standardise(embedding)));
  }

  /** Returns the head in training as others can use it, on embeddings as they are. */
  public DenseHead head(LearnerMemory memory) {
    return HeadAssembly.assemble(
        memory.statistics().fold(memory.training().head()),
        memory.ensemble().linear(),
        memory.ensemble().calibration());
  }

  /**
   * Takes one example that was seen before; trains if that fills a mini-batch.
   *
   * @return whether the head changed
   */
  public boolean learn(LearnerMemory memory, Example example) {
    var scores = baseScores(memory, example.embedding());
    saveScores(
        memory, memory.ensemble().scores().plus(example.imageId(), scores, example.positive()));
    memory.saveExamples(memory.examples() + 1);
    return take(memory, example);
  }

  /**
   * Takes another label for an image that was learnt before; trains if that fills a mini-batch.
   *
   * <p>What waits for its mini-batch gets the new label. Otherwise the example with the old label
   * is no longer replayed, and the one with the new label is learnt like a new one: steps that were
   * taken cannot be taken back (docs/adr/0007). Scores that are remembered are judged anew.
   *
   * @return whether the head changed
   */
  public boolean correct(LearnerMemory memory, Example corrected) {
    memory.saveCorrections(memory.corrections() + 1);
    saveScores(
        memory, memory.ensemble().scores().corrected(corrected.imageId(), corrected.positive()));
    var pending = memory.pending();
    for (int i = 0; i < pending.size(); i++) {
      if (pending.get(i).isOfTheImageOf(corrected)) {
        memory.replacePending(i, corrected);
        forget(memory, corrected);
        keep(memory, corrected);
        return false;
      }
    }
    forget(memory, corrected);
    return take(memory, corrected);
  }

  private static void saveScores(LearnerMemory memory, ScoreWindow scores) {
    memory.saveEnsemble(memory.ensemble().with(scores));
  }

  /** Examples and corrections taken: what weights and draws follow from. */
  public static long labels(LearnerMemory memory) {
    return memory.examples() + memory.corrections();
  }

  private boolean take(LearnerMemory memory, Example example) {
    keep(memory, example);
    memory.addPending(example);
    if (memory.pendingCount() >= settings.batchSize()) {
      return flush(memory);
    }
    long now = labels(memory);
    boolean isQuick = now <= EVERY_FEW_LABELS || memory.focus().holds(now);
    return (now <= EACH_LABEL || (isQuick && now % FEW == 0)) && refit(memory);
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
    refit(memory);
    return true;
  }

  /** Forgets all that was learnt: weights, scores, and the examples kept; counts stay. */
  public void forget(LearnerMemory memory) {
    var reservoir = memory.reservoir();
    reservoir.slots(reservoir.capacity()).forEach(memory::deleteSlot);
    memory.saveReservoir(Reservoir.ofCapacity(reservoir.capacity()));
    memory.clearPending();
    int inputs = memory.training().weights().inputs();
    memory.saveTraining(untrained);
    memory.saveEnsemble(Ensemble.initial(inputs, memory.decisionRule()));
    memory.saveFocus(Focus.NONE);
  }

  /**
   * Forgets what was learnt after an example, as far as that can be told: the ones kept since then
   * are dropped, and the network begins anew on what is left.
   *
   * @param number of the last example that counts
   */
  public void forgetSince(LearnerMemory memory, long number) {
    takeOut(memory, example -> example.number() > number);
    memory.clearPending();
    int inputs = memory.training().weights().inputs();
    memory.saveTraining(untrained);
    memory.saveEnsemble(Ensemble.initial(inputs, memory.decisionRule()));
    memory.saveFocus(Focus.NONE);
    if (memory.reservoir().size() > 0) {
      memory.saveTraining(trainer.train(memory.training(), replayed(memory, CATCHING_UP)));
      refit(memory);
    }
  }

  /**
   * Takes examples out of those kept for replay, if they are there.
   *
   * @param labels by image id, the number of the label with which the image was first learnt: an
   *     older example with that id is of another image
   */
  public void takeOut(LearnerMemory memory, Map<String, Long> labels) {
    takeOut(
        memory,
        example -> example.number() >= labels.getOrDefault(example.imageId(), Long.MAX_VALUE));
  }

  private static void takeOut(LearnerMemory memory, Predicate<Example> which) {
    for (var group : memory.reservoir().groups()) {
      var slots = memory.reservoir().slots(group.domain(), group.positive());
      // From the end, since the last one closes the gap.
      for (int i = slots.size() - 1; i >= 0; i--) {
        if (which.test(memory.slot(slots.get(i)))) {
          move(memory, memory.reservoir().without(slots.get(i)));
        }
      }
    }
  }

  /** Leans towards a domain for a while, since a change was found in it. */
  public void adapt(LearnerMemory memory, String domain) {
    memory.saveFocus(Focus.on(domain, labels(memory)));
  }

  /**
   * Fits the discriminant to the examples that are kept, and weighs the scores anew.
   *
   * @return whether there is a discriminant: both classes have been seen
   */
  public boolean refit(LearnerMemory memory) {
    var kept = memory.reservoir().slots(MOST_FITTED).stream().map(memory::slot).toList();
    var focus = memory.focus();
    long now = labels(memory);
    var ensemble = memory.ensemble();
    var discriminant =
        LinearDiscriminant.fit(
            kept,
            example -> focus.weight(example.domain(), now),
            memory.statistics(),
            ensemble.linear());
    var calibration =
        ThresholdTuning.tune(
            CalibrationFit.fit(ensemble.scores(), now), ensemble.scores(), memory.decisionRule());
    memory.saveEnsemble(ensemble.with(discriminant.orElse(ensemble.linear())).with(calibration));
    return discriminant.isPresent();
  }

  private void keep(LearnerMemory memory, Example example) {
    var placement =
        memory.reservoir().offer(example.domain(), example.positive(), random(memory, 0));
    move(memory, placement);
    placement.slot().ifPresent(slot -> memory.saveSlot(slot, example));
  }

  /** Drops the example of the same image with the other label, if it is kept for replay. */
  private static void forget(LearnerMemory memory, Example corrected) {
    var reservoir = memory.reservoir();
    reservoir.slots(corrected.domain(), !corrected.positive()).stream()
        .filter(slot -> memory.slot(slot).isOfTheImageOf(corrected))
        .findFirst()
        .ifPresent(slot -> move(memory, reservoir.without(slot)));
  }

  private static void move(LearnerMemory memory, Reservoir.Placement placement) {
    placement
        .move()
        .ifPresent(
            move -> {
              memory.saveSlot(move.to(), memory.slot(move.from()));
              memory.deleteSlot(move.from());
            });
    memory.saveReservoir(placement.next());
  }

  private void train(LearnerMemory memory, List<Example> fresh) {
    var miniBatches = new ArrayList<List<Example>>();
    miniBatches.add(standardised(memory, fresh));
    miniBatches.addAll(replayed(memory, settings.replayBatches()));
    memory.saveTraining(trainer.train(memory.training(), miniBatches));
    memory.clearPending();
  }

  private List<List<Example>> replayed(LearnerMemory memory, int count) {
    var random = random(memory, 1);
    var focus = memory.focus();
    long now = labels(memory);
    ToIntFunction<String> weights = domain -> focus.weight(domain, now);
    var miniBatches = new ArrayList<List<Example>>();
    for (int i = 0; i < count && memory.reservoir().size() > 0; i++) {
      var slots = memory.reservoir().sample(settings.batchSize(), weights, random);
      miniBatches.add(standardised(memory, slots.stream().map(memory::slot).toList()));
    }
    return miniBatches;
  }

  private static List<Example> standardised(LearnerMemory memory, List<Example> examples) {
    var statistics = memory.statistics();
    return examples.stream()
        .map(
            e ->
                new Example(
                    e.imageId(), statistics.standardise(e.embedding()), e.positive(), e.domain()))
        .toList();
  }

  /** A stream of its own for each label and purpose, so that no generator has to be stored. */
  private SplittableRandom random(LearnerMemory memory, int purpose) {
    return new SplittableRandom(
        settings.seed() * 0x9E3779B97F4A7C15L + labels(memory) * 0xBF58476D1CE4E5B9L + purpose);
  }
}
