package dev.headwater.cli.serve;

import dev.headwater.backbone.Progress;
import dev.headwater.cli.client.Console;
import dev.headwater.cli.client.StatusLine;

/** Shows the download of the weights on standard error: a bar on a terminal, else the result. */
final class StartProgress implements Progress {
  private static final int BAR = 30;

  private final Console console;
  private final StatusLine status;

  StartProgress(Console console) {
    this.console = console;
    status = new StatusLine(console, System::nanoTime);
  }

  @Override
  public void update(String what, long done, long total) {
    if (console.errIsTerminal()) {
      status.show(() -> line(what, done, total));
    }
  }

  private static String line(String what, long done, long total) {
    double megabytes = done / 1e6;
    if (total <= 0) {
      return "%s %.1f MB".formatted(what, megabytes);
    }
    int filled = (int) (BAR * Math.min(done, total) / total);
    String bar = "#".repeat(filled) + " ".repeat(BAR - filled);
    return "%s [%s] %.1f of %.1f MB".formatted(what, bar, megabytes, total / 1e6);
  }

  @Override
  public void say(String sentence) {
    status.say(sentence);
  }
}
