package dev.headwater.learner.model;

import dev.headwater.evaluation.Judgement;
import dev.headwater.head.DecisionRule;
import dev.headwater.head.Ensemble;
import dev.headwater.head.Example;
import dev.headwater.head.Focus;
import dev.headwater.head.InputStatistics;
import dev.headwater.head.LearnerMemory;
import dev.headwater.head.Reservoir;
import dev.headwater.head.TrainingState;
import dev.headwater.learner.model.ModelState.Counts;
import dev.headwater.learner.model.ScoreBook.Served;
import java.util.List;
import java.util.Optional;

/**
 * What the learner remembers of one model, live: weights, statistics, scores and detectors are
 * objects, which {@link #save} turns into bytes; examples and outcomes are written as they come, a
 * record each.
 */
public final class ModelMemory implements LearnerMemory {
  private final LearnerStores stores;
  private final String backbone;
  private final boolean reducedQuality;
  private final ScoreBook scores;
  private final DriftDetectors drift;
  private long examples;
  private long predictions;
  private long repeated;
  private long corrections;
  private long version;
  private long snapshotLabels;
  private int pending;
  private Reservoir reservoir;
  private Focus focus;
  private DecisionRule decisionRule;
  private TrainingState training;
  private InputStatistics statistics;
  private Ensemble ensemble;

  /** As they were saved last: what has not changed since is not written again. */
  private TrainingState savedTraining;

  private InputStatistics savedStatistics;
  private Ensemble savedEnsemble;

  /**
   * @param state as it was saved, or initial
   * @param rule how the threshold is found
   * @param untrained a network that has learnt nothing
   */
  public ModelMemory(
      LearnerStores stores, ModelState state, DecisionRule rule, TrainingState untrained) {
    this.stores = stores;
    scores = ScoreBook.read(model(), stores.scores());
    drift = new DriftDetectors(model(), stores.detectors());
    backbone = state.backbone();
    reducedQuality = state.reducedQuality();
    examples = state.counts().examples();
    predictions = state.counts().predictions();
    repeated = state.counts().repeated();
    corrections = state.counts().corrections();
    version = state.version();
    snapshotLabels = state.snapshotLabels();
    pending = state.pending();
    reservoir = state.reservoir();
    focus = state.focus() == null ? Focus.NONE : state.focus();
    decisionRule = rule;
    training = state.steps() == 0 ? untrained : stores.training(state.steps());
    savedTraining = training;
    int inputs = untrained.weights().inputs();
    statistics = predictions == 0 ? InputStatistics.none(inputs) : stores.statistics(inputs);
    savedStatistics = statistics;
    savedEnsemble = labels() == 0 ? null : stores.ensemble();
    ensemble = savedEnsemble == null ? Ensemble.initial(inputs, rule) : ruled(savedEnsemble);
  }

  /** A threshold that is configured applies at once; one that is tuned, from the next fit on. */
  private Ensemble ruled(Ensemble saved) {
    return decisionRule instanceof DecisionRule.Fixed fixed
        ? saved.with(saved.calibration().withThreshold(fixed.threshold()))
        : saved;
  }

  /** Returns everything small, as it is now. */
  public ModelState state() {
    return ModelState.of(
        backbone,
        reducedQuality,
        new Counts(examples, predictions, repeated, corrections),
        version,
        snapshotLabels,
        pending,
        training.steps(),
        reservoir,
        focus);
  }

  /** Writes what has changed since it was read or saved last. */
  public void save() {
    stores.save(state());
    if (training != savedTraining) {
      stores.save(training);
      savedTraining = training;
    }
    if (statistics != savedStatistics) {
      stores.save(statistics);
      savedStatistics = statistics;
    }
    stores.save(savedEnsemble, ensemble);
    savedEnsemble = ensemble;
    scores.save(stores.scores());
    drift.save();
  }

  public String model() {
    return stores.model();
  }

  /** Fingerprint of the backbone whose embeddings the head understands. */
  public String backbone() {
    return backbone;
  }

  /** Whether that backbone is a stand-in of reduced quality. */
  public boolean reducedQuality() {
    return reducedQuality;
  }

  /** Number of the newest version; 0 for none. */
  public long version() {
    return version;
  }

  /** Returns the number of a version that is made now. */
  public long nextVersion() {
    return ++version;
  }

  /** Takes another rule, which a threshold that it fixes follows at once. */
  public void decideBy(DecisionRule rule) {
    decisionRule = rule;
    ensemble = ruled(ensemble);
  }

  /** Counts one prediction. */
  public void predicted() {
    predictions++;
  }

  /** Images predicted, labelled or not. */
  public long predictions() {
    return predictions;
  }

  /** Returns the name that a domain is counted by. */
  public String counted(String domain) {
    return scores.index().known(domain);
  }

  /** Watches for drift. */
  public DriftDetectors drift() {
    return drift;
  }

  /** Whether no image of the model was predicted before. */
  public boolean isNew() {
    return predictions == 0;
  }

  /** Counts one image that came again. */
  public void repeated() {
    repeated++;
  }

  /** Images that came again under their id. */
  public long repetitions() {
    return repeated;
  }

  /**
   * Counts how one labelled image was predicted, which is remembered in case the label changes.
   *
   * @param served what was published; empty if no trained head predicted
   * @return the domain as it is counted
   */
  public String scored(String imageId, String domain, Judgement trained, Optional<Served> served) {
    var outcome = scores.add(domain, trained, served);
    stores.outcomes().add(imageId, outcome);
    return outcome.domain();
  }

  /**
   * Judges anew how one image was predicted, whose label has changed.
   *
   * @return the domain as it is counted
   */
  public String rescored(String imageId, String domain, boolean positive) {
    var outcomes = stores.outcomes();
    outcomes
        .find(imageId)
        .ifPresent(
            outcome -> {
              scores.relabel(outcome, positive);
              outcomes.replace(imageId, outcome.relabelled(positive));
            });
    return counted(domain);
  }

  /** How good the predictions were so far. */
  public ScoreBook scores() {
    return scores;
  }

  /** Examples and corrections taken when the newest snapshot was made. */
  public long snapshotLabels() {
    return snapshotLabels;
  }

  /** Counts one snapshot of the head as it is now. */
  public void snapshotTaken() {
    nextVersion();
    snapshotLabels = labels();
  }

  /** What was taken changes no head, so that no snapshot has to wait for it. */
  public void nothingToSnapshot() {
    snapshotLabels = labels();
  }

  /** Examples and corrections taken. */
  public long labels() {
    return examples + corrections;
  }

  @Override
  public TrainingState training() {
    return training;
  }

  @Override
  public void saveTraining(TrainingState state) {
    training = state;
  }

  @Override
  public Ensemble ensemble() {
    return ensemble;
  }

  @Override
  public void saveEnsemble(Ensemble next) {
    ensemble = next;
  }

  @Override
  public Focus focus() {
    return focus;
  }

  @Override
  public void saveFocus(Focus next) {
    focus = next;
  }

  @Override
  public DecisionRule decisionRule() {
    return decisionRule;
  }

  @Override
  public InputStatistics statistics() {
    return statistics;
  }

  @Override
  public void saveStatistics(InputStatistics next) {
    statistics = next;
  }

  @Override
  public List<Example> pending() {
    return stores.examples().pending(pending);
  }

  @Override
  public int pendingCount() {
    return pending;
  }

  @Override
  public void addPending(Example example) {
    stores.examples().savePending(pending++, example);
  }

  @Override
  public void replacePending(int index, Example example) {
    stores.examples().savePending(index, example);
  }

  @Override
  public void clearPending() {
    pending = 0;
  }

  @Override
  public Reservoir reservoir() {
    return reservoir;
  }

  @Override
  public void saveReservoir(Reservoir next) {
    reservoir = next;
  }

  @Override
  public Example slot(Reservoir.Slot slot) {
    return stores.examples().slot(slot);
  }

  @Override
  public void saveSlot(Reservoir.Slot slot, Example example) {
    stores.examples().saveSlot(slot, example);
  }

  @Override
  public void deleteSlot(Reservoir.Slot slot) {
    stores.examples().deleteSlot(slot);
  }

  @Override
  public long examples() {
    return examples;
  }

  @Override
  public void saveExamples(long count) {
    examples = count;
  }

  @Override
  public long corrections() {
    return corrections;
  }

  @Override
  public void saveCorrections(long count) {
    corrections = count;
  }
}
