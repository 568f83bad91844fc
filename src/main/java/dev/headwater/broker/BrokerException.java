package dev.headwater.broker;

/** The embedded broker cannot start, run or stop; the message is a sentence for the user. */
public final class BrokerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BrokerException(String message) {
    super(message);
  }

  public BrokerException(String message, Throwable cause) {
    super(message, cause);
  }
}
