package dev.headwater.faults;

import dev.headwater.faults.FaultSchedule.Kind;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The faults that a schedule draws beside kills of instances, each kind by itself and all together;
 * the invariants hold after each.
 */
@Tag("alone")
@ExtendWith(OnAFaultBed.class)
@EnabledIfSystemProperty(named = "faults.long", matches = "true")
class FaultsIT {
  private static final int PER_SECOND = 20;

  private static void carryOut(FaultBed bed, String name, int count, Kind... kinds) {
    var schedule = FaultSchedule.draw(FaultSettings.seed() + name.hashCode(), count, kinds);
    FaultRun.carryOut(bed, name, schedule, Math.max(60, count * 60), PER_SECOND);
  }

  /** Files of RocksDB and checkpoints that are noise are found out, and restored from Kafka. */
  @Test
  void shouldRestoreFromKafkaWhatWasSpoiledOnDisk(FaultBed bed) {
    carryOut(bed, "spoil-state", 6, Kind.SPOIL_STATE);
  }

  /** Half as long as a session lasts nobody notices; twice as long, another has taken over. */
  @Test
  void shouldCountOnceWhatAStoppedInstanceWasAtWhenItGoesOn(FaultBed bed) {
    carryOut(bed, "stop-instance", 6, Kind.STOP_INSTANCE);
  }

  /**
   * To all others a stopped broker is one whose disk answers no more: connections stay, requests
   * wait.
   */
  @Test
  void shouldLoseNothingWhenABrokerStalls(FaultBed bed) {
    carryOut(bed, "stall-broker", 6, Kind.STOP_BROKER);
  }

  @Test
  void shouldLoseNothingWhenBrokersAreKilled(FaultBed bed) {
    carryOut(bed, "kill-brokers", 6, Kind.KILL_BROKER);
  }

  @Test
  void shouldHoldAgainstAllOfThemInAnyOrder(FaultBed bed) {
    carryOut(bed, "all-faults", 2 * Kind.values().length, Kind.values());
  }
}
