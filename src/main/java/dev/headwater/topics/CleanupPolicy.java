package dev.headwater.topics;

/** What Kafka does with old records of a topic. */
public enum CleanupPolicy {
  /** Deletes them by age and size. */
  DELETE("delete"),
  /** Keeps the last one of each key. */
  COMPACT("compact");

  private final String config;

  CleanupPolicy(String config) {
    this.config = config;
  }

  /** Returns the value of the topic setting {@code cleanup.policy}. */
  public String config() {
    return config;
  }
}
