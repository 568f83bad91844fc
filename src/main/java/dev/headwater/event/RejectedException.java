package dev.headwater.event;

/** Says why a record cannot be used; it becomes a dead letter with this code and sentence. */
public final class RejectedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  public RejectedException(ErrorCode code, String message) {
    super(message);
    this.code = code;
  }

  public RejectedException(ErrorCode code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  public ErrorCode code() {
    return code;
  }
}
