package dev.headwater.cli.produce;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {
  @Test
  void shouldSpaceTurnsEvenly() {
    var clock = new AtomicLong();
    var pace = Pace.start(OptionalDouble.of(4), clock::get);

    for (int turn = 0; turn < 8; turn++) {
      assertThat(pace.dueNanos()).isEqualTo(turn * 250_000_000L);
      clock.set(pace.dueNanos());
      pace.awaitTurn(() -> false, () -> {});
    }
  }

  @Test
  void shouldNotWaitWithoutARateOrWhenStopped() {
    Pace.start(OptionalDouble.empty(), () -> 0).awaitTurn(() -> false, () -> {});
    var frozen = Pace.start(OptionalDouble.of(0.001), () -> 0);

    frozen.awaitTurn(() -> true, () -> {});
    frozen.awaitTurn(() -> true, () -> {});

    assertThat(frozen.dueNanos()).isEqualTo(2_000_000_000_000L);
  }

  @Test
  void shouldDoOtherWorkWhileItWaits() {
    var clock = new AtomicLong();
    var pace = Pace.start(OptionalDouble.of(4), clock::get);
    pace.awaitTurn(() -> false, () -> clock.addAndGet(1));

    pace.awaitTurn(() -> false, () -> clock.addAndGet(50_000_000));

    assertThat(clock).hasValue(250_000_000L);
  }
}
