package dev.headwater.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.Eventually;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A broker of three is killed: processing goes on without it, and nothing is lost by its return.
 */
@Tag("alone")
@ExtendWith(OnAFaultBed.class)
class BrokerKilledAndBackIT {
  private static final String NAME = "kill-broker";
  private static final int PER_SECOND = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(180);

  @Test
  void shouldGoOnWithoutABrokerAndLoseNothingWhenItIsBack(FaultBed bed) {
    long start = System.nanoTime();
    int images = Math.max(90, FaultSettings.images() / 5);
    int broker = 1 + new SplittableRandom(FaultSettings.seed()).nextInt(BrokerCluster.NODES);
    int meanwhile;
    try (var load = new LabelledLoad(bed.clients(), NAME, FaultSettings.seed(), PER_SECOND)) {
      bed.awaitAnyReady();
      bed.cluster().awaitWhole();
      load.allow(images / 3);
      awaitPredictions(bed, 1);
      bed.cluster().kill(broker);
      int before = predictions(bed);
      load.allow(images * 2 / 3);
      meanwhile = awaitPredictions(bed, Math.max(images / 3, before) + 1) - before;
      bed.cluster().startAgain(broker);
      load.allow(images);
      Eventually.get("all sent", PATIENCE, () -> load.sent().size(), n -> n == images);
      load.flush();
      bed.remember(load.sent());
    }
    bed.cluster().awaitWhole();
    var found = Invariants.check(bed);
    assertThat(meanwhile).as("predictions without broker %d", broker).isPositive();
    System.out.printf(
        "%s: seed %d, broker %d killed, %d images, %d predictions while it was down, in %d s; in"
            + " all %s%n",
        NAME,
        FaultSettings.seed(),
        broker,
        images,
        meanwhile,
        Duration.ofNanos(System.nanoTime() - start).toSeconds(),
        found);
  }

  private static int awaitPredictions(FaultBed bed, int count) {
    return Eventually.get(
        count + " predictions", PATIENCE, () -> predictions(bed), found -> found >= count);
  }

  /** Committed ones of this test's images. */
  private static int predictions(FaultBed bed) {
    return Invariants.countOfPredictions(bed, NAME);
  }
}
