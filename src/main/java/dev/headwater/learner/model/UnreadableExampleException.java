package dev.headwater.learner.model;

/** Says why bytes on the examples topic are not what this build writes there. */
public final class UnreadableExampleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnreadableExampleException(String message) {
    super(message);
  }

  public UnreadableExampleException(String message, Throwable cause) {
    super(message, cause);
  }
}
