package dev.headwater.event;

import java.util.Set;

/** Header names that a dead letter has beside those it came with. */
public final class DeadLetterHeaders {
  /** An {@link ErrorCode}. */
  public static final String CODE = "error.code";

  /** A sentence: what was found, what was expected. */
  public static final String MESSAGE = "error.message";

  /** The step that refused it, as the topology names it. */
  public static final String STEP = "error.step";

  /** Where it came from. */
  public static final String TOPIC = "origin.topic";

  public static final String PARTITION = "origin.partition";
  public static final String OFFSET = "origin.offset";

  /** SHA-256 of a value that was too large to come along. */
  public static final String SHA256 = "origin.sha256";

  /** Bytes of a value that was too large to come along. */
  public static final String BYTES = "origin.bytes";

  /**
   * Where the dead letter lies that was sent again. A record with these is no dead letter but the
   * note that one was retried; its value is empty.
   */
  public static final String RETRIED_PARTITION = "retried.partition";

  public static final String RETRIED_OFFSET = "retried.offset";

  /** Marks a label that is sent again: it is older than any other label that its image may have. */
  public static final String RETRIED = "retried";

  /** All that Headwater adds, which are left out when a dead letter is sent again. */
  public static final Set<String> ADDED =
      Set.of(CODE, MESSAGE, STEP, TOPIC, PARTITION, OFFSET, SHA256, BYTES);

  private DeadLetterHeaders() {}
}
