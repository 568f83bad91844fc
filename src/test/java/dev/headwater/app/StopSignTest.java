package dev.headwater.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.app.StopSign.StoppedException;
import dev.headwater.backbone.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a start does when the service is to stop. */
class StopSignTest {
  private static final Duration LONG = Duration.ofHours(1);

  private final StopSign stop = new StopSign();

  @Test
  void shouldLetAStartGoOnUntilItIsRaised() {
    stop.heed();
    stop.heed(Duration.ofMillis(1));
    stop.raise();
    assertThatThrownBy(stop::heed)
        .isInstanceOf(StoppedException.class)
        .hasMessage("stopped before it was ready");
  }

  @Test
  void shouldEndAWaitAtOnce() {
    var wait = CompletableFuture.runAsync(() -> stop.heed(LONG));
    stop.raise();
    assertThat(wait)
        .failsWithin(Duration.ofSeconds(30))
        .withThrowableThat()
        .withCauseInstanceOf(StoppedException.class);
  }

  @Test
  void shouldEndADownloadAtItsNextBlock() {
    var said = new ArrayList<String>();
    var progress = stop.heededBy(recorded(said));
    progress.update("downloading", 1, 2);
    progress.say("half of it");
    stop.raise();
    assertThatThrownBy(() -> progress.update("downloading", 2, 2))
        .isInstanceOf(StoppedException.class);
    assertThat(said).containsExactly("downloading 1 of 2", "half of it");
  }

  private static Progress recorded(ArrayList<String> said) {
    return new Progress() {
      @Override
      public void update(String what, long done, long total) {
        said.add("%s %d of %d".formatted(what, done, total));
      }

      @Override
      public void say(String sentence) {
        said.add(sentence);
      }
    };
  }
}
