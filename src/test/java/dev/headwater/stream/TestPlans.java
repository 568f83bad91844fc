package dev.headwater.stream;

import dev.headwater.head.LearnerSettings;
import dev.headwater.image.ImageLimits;

/** Plans for tests. */
final class TestPlans {
  /** Of four partitions and two threads, with records of 1 MiB. */
  static final WorkPlan SMALL =
      WorkPlan.of(
          new WorkPlan.Limits(
              ImageLimits.DEFAULT, LearnerSettings.DEFAULT, 1 << 20, 4, 4, 2, 1, 1L << 30));

  private TestPlans() {}
}
