package dev.headwater.head;

import java.util.List;

/**
 * All that an {@link OnlineLearner} remembers of one model from one example to the next.
 *
 * <p>The learner keeps nothing itself, so whoever implements this decides how durable training is.
 */
public interface LearnerMemory {
  /**
   * Weights, for standardised inputs, and optimiser state of the network; the initial ones where
   * nothing has been learnt.
   */
  TrainingState training();

  void saveTraining(TrainingState state);

  /** The linear component, how both components answered lately, and how they are weighed. */
  Ensemble ensemble();

  void saveEnsemble(Ensemble ensemble);

  /** What is leant towards since the newest change that was found. */
  Focus focus();

  void saveFocus(Focus focus);

  /** How the threshold is found. */
  DecisionRule decisionRule();

  /** Statistics of all embeddings that were seen. */
  InputStatistics statistics();

  void saveStatistics(InputStatistics statistics);

  /** Examples that wait for the mini-batch to fill, oldest first. */
  List<Example> pending();

  int pendingCount();

  void addPending(Example example);

  /** Takes another example in the place of one that waits. */
  void replacePending(int index, Example example);

  void clearPending();

  Reservoir reservoir();

  void saveReservoir(Reservoir reservoir);

  /** The example in a slot of the reservoir. */
  Example slot(Reservoir.Slot slot);

  void saveSlot(Reservoir.Slot slot, Example example);

  void deleteSlot(Reservoir.Slot slot);

  /** Labelled examples taken so far; each is counted once. */
  long examples();

  void saveExamples(long examples);

  /** Labels that changed after they had been learnt. */
  long corrections();

  void saveCorrections(long corrections);
}
