package dev.headwater.topics;

import java.util.List;

/** The topics are not as they must be; the message lists what to do, one line a topic. */
public final class TopicsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  public TopicsException(List<String> problems) {
    super("Kafka's topics do not fit:\n  " + String.join("\n  ", problems));
    this.problems = List.copyOf(problems);
  }

  public TopicsException(String message, Throwable cause) {
    super(message, cause);
    this.problems = List.of(message);
  }

  /** Returns the lines of the message. */
  public List<String> problems() {
    return problems;
  }
}
