package dev.headwater.bench.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.cli.client.CommandFailedException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PredictionTimesTest {
  private static double perSecond(long... millis) {
    return new PredictionTimes(millis).perSecond();
  }

  @Test
  void shouldCountFromTheFirstFifthOn() {
    // Three seconds for the first fifth, then ten milliseconds each.
    long[] steady = LongStream.range(0, 20).map(n -> n < 4 ? n * 1000 : 4000 + n * 10).toArray();
    assertThat(perSecond(steady)).isEqualTo(100);
  }

  @Test
  void shouldTakeThemInAnyOrder() {
    assertThat(perSecond(500, 300, 100, 400, 200)).isEqualTo(perSecond(100, 200, 300, 400, 500));
  }

  @Test
  void shouldNotCountWhatCameTogetherWithTheFirstThatCounts() {
    // The second that counts came at the same time, and took none.
    assertThat(perSecond(0, 100, 100, 1100, 2100)).isEqualTo(1);
  }

  @Test
  void shouldRefuseWhatCameAtOnce() {
    assertThatThrownBy(() -> perSecond(7, 7, 7))
        .isInstanceOf(CommandFailedException.class)
        .hasMessage("all 3 images were predicted in one go; give more with --count");
  }
}
