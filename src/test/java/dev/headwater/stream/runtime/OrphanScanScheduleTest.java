package dev.headwater.stream.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.kafka.streams.KafkaStreams.State;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Looks go on until one has reached every broker. */
class OrphanScanScheduleTest {
  private static final long AFTERWARDS = OrphanScanSchedule.AFTERWARDS.toNanos();

  private final OrphanScanSchedule schedule = new OrphanScanSchedule();

  /** So short that nobody who looks now and then sees it. */
  @BeforeEach
  void shareOut() {
    assertThat(schedule.isDue(0)).as("before the start").isFalse();
    schedule.change(State.REBALANCING, State.RUNNING, 1);
    assertThat(schedule.isDue(1)).isTrue();
    schedule.change(State.RUNNING, State.REBALANCING, 2);
  }

  @Test
  void shouldLookForSomeTimeAfterAShareOutHoweverShort() {
    assertThat(schedule.isDue(3)).isTrue();
    schedule.scanned(true);
    assertThat(schedule.isDue(AFTERWARDS)).as("within the time").isTrue();
    assertThat(schedule.isDue(2 + AFTERWARDS)).as("after it").isFalse();
  }

  @Test
  void shouldGoOnUntilALookHasReachedEveryBroker() {
    schedule.scanned(false);
    assertThat(schedule.isDue(2 * AFTERWARDS)).isTrue();
    schedule.scanned(true);
    assertThat(schedule.isDue(2 * AFTERWARDS)).isFalse();
  }

  @Test
  void shouldNotLookForWhatHasTimedOut() {
    schedule.scanned(false);
    assertThat(schedule.isDue(Duration.ofMinutes(16).toNanos())).isFalse();
  }

  @Test
  void shouldNotLookWhenItStops() {
    schedule.change(State.PENDING_SHUTDOWN, State.RUNNING, 3);
    assertThat(schedule.isDue(4)).isFalse();
  }
}
