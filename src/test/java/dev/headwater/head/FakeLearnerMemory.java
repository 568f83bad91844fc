package dev.headwater.head;

import dev.headwater.bench.learning.HeapMemory;

/** A learner's memory on the heap, which insists that slots are read only if written. */
final class FakeLearnerMemory extends HeapMemory {
  FakeLearnerMemory(int inputs, LearnerSettings settings) {
    super(inputs, settings, weighed -> weighed);
  }

  @Override
  public Example slot(Reservoir.Slot slot) {
    var example = super.slot(slot);
    if (example == null) {
      throw new AssertionError(slot + " is read and was never written");
    }
    return example;
  }
}
