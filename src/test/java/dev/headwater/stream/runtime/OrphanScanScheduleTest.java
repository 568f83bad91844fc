package dev.headwater.stream.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.kafka.streams.KafkaStreams.State;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Looks go on until one has reached every broker. */
class OrphanScanScheduleTest {
  private static final long AFTERWARDS = OrphanScanSchedule.AFTERWARDS.toNanos();

  private final OrphanScanSchedule lookout = new OrphanScanSchedule();

  /** So short that nobody who looks now and then sees it. */
  @BeforeEach
  void shareOut() {
    assertThat(lookout.isDue(0)).as("before the start").isFalse();
    lookout.change(State.REBALANCING, State.RUNNING, 1);
    assertThat(lookout.isDue(1)).isTrue();
    lookout.change(State.RUNNING, State.REBALANCING, 2);
  }

  @Test
  void shouldLookForSomeTimeAfterAShareOutHoweverShort() {
    assertThat(lookout.isDue(3)).isTrue();
    lookout.looked(true);
    assertThat(lookout.isDue(AFTERWARDS)).as("within the time").isTrue();
    assertThat(lookout.isDue(2 + AFTERWARDS)).as("after it").isFalse();
  }

  @Test
  void shouldGoOnUntilALookHasReachedEveryBroker() {
    lookout.looked(false);
    assertThat(lookout.isDue(2 * AFTERWARDS)).isTrue();
    lookout.looked(true);
    assertThat(lookout.isDue(2 * AFTERWARDS)).isFalse();
  }

  @Test
  void shouldNotLookForWhatHasTimedOut() {
    lookout.looked(false);
    assertThat(lookout.isDue(Duration.ofMinutes(16).toNanos())).isFalse();
  }

  @Test
  void shouldNotLookWhenItStops() {
    lookout.change(State.PENDING_SHUTDOWN, State.RUNNING, 3);
    assertThat(lookout.isDue(4)).isFalse();
  }
}
