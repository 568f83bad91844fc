package dev.headwater.cli.client;

import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A line of standard error that is rewritten in place on a terminal, five times a second; elsewhere
 * a new line every five seconds.
 */
public final class StatusLine {
  private static final long REDRAW_NANOS = 200_000_000L;
  private static final long PERIOD_NANOS = 5_000_000_000L;
  private static final String TO_LINE_START = "\r\u001b[K";

  private final Console console;
  private final LongSupplier nanos;
  private long next;
  private boolean open;

  /** A line that is first shown at once on a terminal, elsewhere after five seconds. */
  public StatusLine(Console console, LongSupplier nanos) {
    this.console = console;
    this.nanos = nanos;
    next = nanos.getAsLong() + (console.errIsTerminal() ? 0 : PERIOD_NANOS);
  }

  /** Shows the text if it is time to. */
  public void show(Supplier<String> text) {
    long now = nanos.getAsLong();
    if (now - next < 0) {
      return;
    }
    draw(text.get());
    next = now + (console.errIsTerminal() ? REDRAW_NANOS : PERIOD_NANOS);
  }

  /** Shows the text once more and leaves it standing. */
  public void finish(String text) {
    draw(text);
    if (open) {
      console.err().println();
      open = false;
    }
  }

  /** Says something above the line. */
  public void say(String sentence) {
    if (open) {
      console.err().print(TO_LINE_START);
      open = false;
    }
    console.say(sentence);
  }

  private void draw(String text) {
    if (!console.errIsTerminal()) {
      console.err().println(text);
      return;
    }
    console
        .err()
        .print(TO_LINE_START + text.substring(0, Math.min(text.length(), console.columns() - 1)));
    console.err().flush();
    open = true;
  }
}
