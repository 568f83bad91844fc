package dev.headwater.stream;

/** Says why bytes on the examples topic are not what this build writes there. */
final class UnreadableExampleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnreadableExampleException(String message) {
    super(message);
  }

  UnreadableExampleException(String message, Throwable cause) {
    super(message, cause);
  }
}
