package dev.headwater.cli.client;

/**
 * Ends a command with exit code 1 and its message as the one sentence that the user reads.
 *
 * <p>The message says what was found, where, and what to do; it has no prefix and no stack trace.
 */
public class CommandFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Fails with a sentence. */
  public CommandFailedException(String sentence) {
    super(sentence);
  }

  /** Fails with a sentence; the cause is shown only with {@code --verbose}. */
  public CommandFailedException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
