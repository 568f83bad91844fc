package dev.headwater.cli.client;

/** The exit codes of every command, also listed at the end of {@code headwater --help}. */
public final class ExitCode {
  /** All was done as asked. */
  public static final int OK = 0;

  /** Something failed or was refused; a sentence on standard error says what. */
  public static final int FAILED = 1;

  /** The command line was wrong. */
  public static final int USAGE = 2;

  /** Ctrl-C stopped the command. */
  public static final int INTERRUPTED = 130;

  private ExitCode() {}
}
