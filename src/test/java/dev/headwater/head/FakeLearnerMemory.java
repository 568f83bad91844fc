package dev.headwater.head;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A learner's memory on the heap, which insists that slots are dense and read only if written. */
final class FakeLearnerMemory implements LearnerMemory {
  private final List<Example> pending = new ArrayList<>();
  private final Map<Reservoir.Slot, Example> slots = new HashMap<>();
  private TrainingState training;
  private Reservoir reservoir;
  private long examples;
  private long corrections;
  private InputStatistics statistics;
  private Focus focus = Focus.NONE;
  private DecisionRule decisionRule = DecisionRule.DEFAULT;
  private Blend blend;

  FakeLearnerMemory(int inputs, LearnerSettings settings) {
    training = OnlineLearner.untrained(settings, inputs);
    blend = Blend.initial(inputs, decisionRule);
    statistics = InputStatistics.none(inputs);
    reservoir = Reservoir.ofCapacity(settings.reservoirCapacity());
  }

  Map<Reservoir.Slot, Example> slots() {
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

  void decideBy(DecisionRule rule) {
    decisionRule = rule;
    blend = blend.with(Calibration.initial(rule));
  }

  @Override
  public Blend blend() {
    return blend;
  }

  @Override
  public void saveBlend(Blend next) {
    blend = next;
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
    if (!slots.containsKey(slot)) {
      throw new AssertionError(slot + " is read and was never written");
    }
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
