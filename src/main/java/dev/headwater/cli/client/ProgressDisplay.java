package dev.headwater.cli.client;

import java.util.Locale;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Progress of long work on standard error: a bar on a terminal, elsewhere a line every few seconds,
 * and nothing for work that is done before the first line is due.
 */
public interface ProgressDisplay extends AutoCloseable {
  /** Counts one piece of work as done. */
  void step();

  @Override
  void close();

  /** Starts to show {@code total} pieces of work, of which {@code task} says what they are. */
  static ProgressDisplay start(Console console, String task, long total) {
    return console.errIsTerminal()
        ? new Bar(console, task, total)
        : new Lines(console, task, total, System::nanoTime);
  }

  /** A bar that is redrawn in place. */
  final class Bar implements ProgressDisplay {
    private final ProgressBar bar;

    private Bar(Console console, String task, long total) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(task)
              .setInitialMax(total)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(200)
              .showSpeed()
              .setConsumer(new ConsoleProgressBarConsumer(console.err(), console.columns() - 1))
              .build();
    }

    @Override
    public void step() {
      bar.step();
    }

    @Override
    public void close() {
      bar.close();
    }
  }

  /** A line every five seconds. */
  final class Lines implements ProgressDisplay {
    private static final long PERIOD_NANOS = 5_000_000_000L;

    private final Console console;
    private final String task;
    private final long total;
    private final LongSupplier nanos;
    private final long started;
    private long nextLine;
    private long done;

    Lines(Console console, String task, long total, LongSupplier nanos) {
      this.console = console;
      this.task = task;
      this.total = total;
      this.nanos = nanos;
      started = nanos.getAsLong();
      nextLine = started + PERIOD_NANOS;
    }

    @Override
    public void step() {
      done++;
      long now = nanos.getAsLong();
      if (now - nextLine >= 0) {
        double rate = done / ((now - started) / 1e9);
        console.say(String.format(Locale.ROOT, "%s: %d of %d (%.1f/s)", task, done, total, rate));
        nextLine = now + PERIOD_NANOS;
      }
    }

    @Override
    public void close() {}
  }
}
