package dev.headwater.cli.client;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The user's terminal, or whatever the two streams were redirected to.
 *
 * @param out standard output: results only; buffered, so call {@code flush}
 * @param err standard error: progress and messages
 * @param outIsTerminal whether a person reads {@code out}
 * @param errIsTerminal whether a person reads {@code err}, so that a line may be rewritten in place
 * @param columns width of the terminal in characters
 */
public record Console(
    PrintStream out, PrintStream err, boolean outIsTerminal, boolean errIsTerminal, int columns) {
  /**
   * Set to {@code true} by the launcher where it is so; Java itself cannot tell. Not below {@code
   * headwater.}, where each name must be one of the configuration's.
   */
  static final String OUT_PROPERTY = "console.stdout.terminal";

  static final String ERR_PROPERTY = "console.stderr.terminal";
  static final String COLUMNS_PROPERTY = "console.columns";
  private static final int DEFAULT_COLUMNS = 80;
  private static final int MIN_COLUMNS = 40;
  private static final int BUFFER_BYTES = 1 << 16;

  /** Describes this process' own standard streams; both are written as UTF-8. */
  public static Console system() {
    var out =
        new PrintStream(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER_BYTES),
            false,
            StandardCharsets.UTF_8);
    var err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    int columns = Math.max(MIN_COLUMNS, Integer.getInteger(COLUMNS_PROPERTY, DEFAULT_COLUMNS));
    return new Console(out, err, isTerminal(OUT_PROPERTY), isTerminal(ERR_PROPERTY), columns);
  }

  private static boolean isTerminal(String property) {
    return Boolean.getBoolean(property) && !"dumb".equals(System.getenv("TERM"));
  }

  /** Whether results may carry colour: on a terminal, unless {@code NO_COLOR} is set. */
  public boolean colourful() {
    return outIsTerminal && System.getenv("NO_COLOR") == null;
  }

  /** Prints one message on standard error, marked as Headwater's. */
  public void say(String sentence) {
    err.println("headwater: " + sentence);
  }

  /** Prints one line of result and hands it over at once. */
  public void print(String line) {
    out.println(line);
    out.flush();
  }
}
