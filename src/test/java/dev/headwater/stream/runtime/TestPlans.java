package dev.headwater.stream.runtime;

import dev.headwater.head.LearnerSettings;
import dev.headwater.image.ImageLimits;

/** Plans for tests. */
public final class TestPlans {
  /** Of four partitions and two threads, with records of 1 MiB. */
  public static final BatchLimits SMALL =
      BatchLimits.of(
          new BatchLimits.Limits(
              ImageLimits.DEFAULT, LearnerSettings.DEFAULT, 1 << 20, 4, 4, 2, 1, 1L << 30));

  private TestPlans() {}
}
