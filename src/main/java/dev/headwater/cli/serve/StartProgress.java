package dev.headwater.cli.serve;

import dev.headwater.backbone.Progress;
import dev.headwater.cli.client.Console;

/** Shows how fetching the weights goes, on standard error: a bar on a terminal, else the end. */
final class StartProgress implements Progress {
  private static final int BAR = 30;

  private final Console console;
  private String drawn = "";

  StartProgress(Console console) {
    this.console = console;
  }

  @Override
  public void update(String what, long done, long total) {
    if (!console.errIsTerminal()) {
      return;
    }
    String line = line(what, done, total);
    if (!line.equals(drawn)) {
      console.err().print("\r\u001b[K" + line);
      console.err().flush();
      drawn = line;
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
    if (!drawn.isEmpty()) {
      console.err().print("\r\u001b[K");
      drawn = "";
    }
    console.say(sentence);
  }
}
