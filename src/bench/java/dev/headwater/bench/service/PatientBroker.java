package dev.headwater.bench.service;

import dev.headwater.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.util.Map;

/** Starts a broker that never compacts a topic, so that all that was ever sent can be counted. */
public final class PatientBroker {
  private PatientBroker() {}

  /** Starts the embedded broker with its cleaner asleep. */
  public static EmbeddedBroker start(Path directory) {
    String days = Long.toString(30L * 24 * 60 * 60 * 1000);
    return EmbeddedBroker.start(directory, 0, Map.of("log.cleaner.backoff.ms", days));
  }
}
