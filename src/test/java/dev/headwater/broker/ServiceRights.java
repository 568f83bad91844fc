package dev.headwater.broker;

import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DELETE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.PatternType.LITERAL;
import static org.apache.kafka.common.resource.PatternType.PREFIXED;
import static org.apache.kafka.common.resource.ResourceType.GROUP;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.apache.kafka.common.resource.ResourceType.TRANSACTIONAL_ID;

import java.util.List;
import org.apache.kafka.common.resource.ResourcePattern;

/** The table of rights in docs/security.md, row by row. */
public record ServiceRights(SecureBroker broker, String prefix) {
  /** What the service needs. */
  public void allowService(String user) {
    for (String name : List.of("predictions", "snapshots", "evaluations", "dead-letters")) {
      broker.allow(user, topic(name), WRITE);
    }
    for (String name :
        List.of("images", "labels", "commands", "examples", "serving", "model-events")) {
      broker.allow(user, topic(name), READ, WRITE);
    }
    for (String name :
        List.of(
            "images",
            "labels",
            "commands",
            "predictions",
            "snapshots",
            "evaluations",
            "model-events",
            "dead-letters",
            "examples",
            "serving")) {
      broker.allow(user, topic(name), DESCRIBE_CONFIGS, CREATE);
    }
    for (String application : List.of("inference", "learner")) {
      String name = prefix + application;
      broker.allow(user, new ResourcePattern(TOPIC, name + "-", PREFIXED), READ, WRITE, CREATE);
      broker.allow(user, new ResourcePattern(GROUP, name, LITERAL), READ);
      broker.allow(user, new ResourcePattern(TRANSACTIONAL_ID, name + "-", PREFIXED), WRITE);
    }
    allowMoving(user);
  }

  /**
   * What only inference needs: it compares the topics of moved records with the largest record, and
   * empties them as it reads them.
   */
  private void allowMoving(String user) {
    var internal = new ResourcePattern(TOPIC, prefix + "inference-", PREFIXED);
    broker.allow(user, internal, DELETE, DESCRIBE_CONFIGS);
  }

  /** What whoever sends labels needs. */
  public void allowLabeller(String user) {
    broker.allow(user, topic("labels"), WRITE);
  }

  /** What whoever sends images needs. */
  public void allowSender(String user) {
    broker.allow(user, topic("images"), WRITE);
  }

  /** What whoever reads predictions needs. */
  public void allowReader(String user) {
    broker.allow(user, topic("predictions"), READ);
  }

  private ResourcePattern topic(String name) {
    return new ResourcePattern(TOPIC, prefix + name, LITERAL);
  }
}
