package dev.headwater.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.headwater.Eventually;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The disk of a broker, then that of an instance, takes 16 KB and four writes a second: nothing is
 * lost or counted twice.
 */
@Tag("alone")
@ExtendWith(OnAFaultBed.class)
@EnabledIfSystemProperty(named = "faults.long", matches = "true")
class SlowDiskIT {
  private static final int IMAGES = 400;
  private static final int PER_SECOND = 10;
  private static final int SLOW_BROKER = BrokerCluster.NODES;

  @Test
  void shouldLoseNothingWhenTheDiskOfABrokerIsSlow(FaultBed bed) throws Exception {
    sendWhileSlow(bed, "slow-broker", bed.cluster().pid(SLOW_BROKER));
  }

  @Test
  void shouldLoseNothingWhenTheDiskOfAnInstanceIsSlow(FaultBed bed) throws Exception {
    bed.instances().forEach(Instance::awaitReady);
    sendWhileSlow(bed, "slow-instance", bed.instance(1).pid());
  }

  private static void sendWhileSlow(FaultBed bed, String name, long pid) throws Exception {
    Path directory = bed.newDirectory(name);
    assumeTrue(
        SlowDisk.canBe(directory), "needs the right to make a group of the blkio controller");
    try (var load = new LabelledLoad(bed.clients(), name, FaultSettings.seed(), PER_SECOND);
        var disk = SlowDisk.of(directory)) {
      disk.slowFor(pid);
      load.allow(IMAGES);
      var measured = disk.measure(directory.resolve("measured"));
      assertThat(measured).as("32 KB at 16 KB/s").isGreaterThan(Duration.ofSeconds(1));
      Eventually.get(
          "all sent", Duration.ofMinutes(3), () -> load.sent().size(), sent -> sent == IMAGES);
      load.flush();
      bed.remember(load.sent());
      System.out.printf(
          "%s: 32 KB took %d ms; %d of %d images predicted before it was fast again%n",
          name, measured.toMillis(), Invariants.countOfPredictions(bed, name), IMAGES);
    }
    System.out.printf("%s: %d images, in all %s%n", name, IMAGES, Invariants.check(bed));
  }
}
