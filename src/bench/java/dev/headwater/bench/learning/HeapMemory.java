package dev.headwater.bench.learning;

import dev.headwater.head.Calibration;
import dev.headwater.head.DecisionRule;
import dev.headwater.head.Ensemble;
import dev.headwater.head.Example;
import dev.headwater.head.Focus;
import dev.headwater.head.InputStatistics;
import dev.headwater.head.LearnerMemory;
import dev.headwater.head.LearnerSettings;
import dev.headwater.head.OnlineLearner;
import dev.headwater.head.Reservoir;
import dev.headwater.head.TrainingState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A learner's memory on the heap, lost with the process. */
public class HeapMemory implements LearnerMemory {
  private final List<Example> pending = new ArrayList<>();
  private final Map<Reservoir.Slot, Example> slots = new HashMap<>();
  private TrainingState training;
  private InputStatistics statistics;
  private Focus focus = Focus.NONE;
  private final UnaryOperator<Calibration> weighing;
  private Ensemble ensemble;
  private Reservoir reservoir;
  private long examples;
  private long corrections;

  /**
   * @param weighing changes how scores are weighed, to show what that is worth
   */
  public HeapMemory(int inputs, LearnerSettings settings, UnaryOperator<Calibration> weighing) {
    this.weighing = weighing;
    training = new OnlineLearner(settings, inputs).untrained();
    ensemble = weighed(Ensemble.initial(inputs, DecisionRule.DEFAULT));
    statistics = InputStatistics.none(inputs);
    reservoir = Reservoir.ofCapacity(settings.reservoirCapacity());
  }

  private Ensemble weighed(Ensemble next) {
    return next.with(weighing.apply(next.calibration()));
  }

  /** All examples that are kept. */
  public Map<Reservoir.Slot, Example> slots() {
    return Map.copyOf(slots);
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
    ensemble = weighed(next);
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
    return DecisionRule.DEFAULT;
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
    return List.copyOf(pending);
  }

  @Override
  public int pendingCount() {
    return pending.size();
  }

  @Override
  public void addPending(Example example) {
    pending.add(example);
  }

  @Override
  public void replacePending(int index, Example example) {
    pending.set(index, example);
  }

  @Override
  public void clearPending() {
    pending.clear();
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
    return slots.get(slot);
  }

  @Override
  public void saveSlot(Reservoir.Slot slot, Example example) {
    slots.put(slot, example);
  }

  @Override
  public void deleteSlot(Reservoir.Slot slot) {
    slots.remove(slot);
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
