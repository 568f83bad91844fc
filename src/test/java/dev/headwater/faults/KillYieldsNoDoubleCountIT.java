package dev.headwater.faults;

import dev.headwater.faults.FaultSchedule.Kind;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Whenever an instance is killed, each image is predicted once and learnt once, and the weights are
 * those of a learner that was never killed.
 */
@Tag("alone")
@ExtendWith(OnAFaultBed.class)
class KillYieldsNoDoubleCountIT {
  private static final int PER_SECOND = 40;

  @Test
  void shouldPredictAndLearnEachImageOnceWhileInstancesAreKilled(FaultBed bed) {
    var schedule =
        FaultSchedule.draw(FaultSettings.seed(), FaultSettings.kills(), Kind.KILL_INSTANCE);
    FaultRun.carryOut(bed, "kill-instances", schedule, FaultSettings.images(), PER_SECOND);
  }
}
