package dev.headwater.cli.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StatusLineTest {
  private static final String CLEAR = "\r\u001b[K";

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final AtomicLong nanos = new AtomicLong();

  private StatusLine line(boolean terminal) {
    var out = new PrintStream(err, true, UTF_8);
    return new StatusLine(new Console(out, out, terminal, terminal, 40), nanos::get);
  }

  private void pass(long millis) {
    nanos.addAndGet(Duration.ofMillis(millis).toNanos());
  }

  @Test
  void shouldRedrawInPlaceOnATerminalFiveTimesASecond() {
    var line = line(true);
    line.show(() -> "one");
    pass(100);
    line.show(() -> "too soon");
    pass(100);
    line.show(() -> "x".repeat(50));
    line.say("news");
    line.finish("end");

    assertThat(err.toString(UTF_8))
        .isEqualToNormalizingNewlines(
            CLEAR + "one" + CLEAR + "x".repeat(39) + CLEAR + "headwater: news\n" + CLEAR + "end\n");
  }

  @Test
  void shouldWriteALineEveryFiveSecondsElsewhere() {
    var line = line(false);
    line.show(() -> "too soon");
    pass(5_000);
    line.show(() -> "one");
    pass(4_999);
    line.show(() -> "too soon");
    line.finish("end");

    assertThat(err.toString(UTF_8)).isEqualToNormalizingNewlines("one\nend\n");
  }
}
