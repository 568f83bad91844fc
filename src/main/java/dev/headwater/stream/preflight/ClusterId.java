package dev.headwater.stream.preflight;

import dev.headwater.topics.AdminAnswer;
import dev.headwater.topics.TopicsException;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;

/** The name that a Kafka cluster gave itself when it was set up, and keeps. */
public final class ClusterId {
  private static final String REQUEST = "describe the brokers";

  /** What speaks Kafka's protocol without being Kafka may give none. */
  private static final String UNNAMED = "unnamed";

  private ClusterId() {}

  /**
   * Asks a cluster for its id.
   *
   * @throws TopicsException if no broker answers
   */
  public static String of(Admin admin) {
    var answers = AdminAnswer.all(Map.of(REQUEST, admin.describeCluster().clusterId()), REQUEST);
    if (answers.get(REQUEST) instanceof AdminAnswer.Refusal<String> refusal) {
      throw new TopicsException(
          "the cluster does not tell its id: " + refusal.reason().getMessage(), refusal.reason());
    }
    var id = ((AdminAnswer.Value<String>) answers.get(REQUEST)).value();
    return Objects.requireNonNullElse(id, UNNAMED);
  }
}
