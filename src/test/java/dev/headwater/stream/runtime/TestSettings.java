package dev.headwater.stream.runtime;

import dev.headwater.head.LearnerSettings;
import dev.headwater.image.ImageLimits;
import dev.headwater.stream.runtime.StreamSettings.Cluster;
import dev.headwater.stream.runtime.StreamSettings.Failover;
import dev.headwater.stream.runtime.StreamSettings.Instance;
import dev.headwater.stream.runtime.StreamSettings.Threads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Settings for tests; each test gives the parts that it is about. */
public final class TestSettings {
  public static final Threads THREADS = new Threads(2, 1);
  public static final Failover ALONE = new Failover(0, Duration.ofSeconds(6));
  public static final Duration COMMIT_INTERVAL = Duration.ofMillis(100);

  /** Of four partitions and two threads, with records of 1 MiB. */
  public static final BatchLimits BATCHES =
      BatchLimits.of(
          new BatchLimits.Constraints(
              ImageLimits.DEFAULT,
              LearnerSettings.DEFAULT,
              1 << 20,
              new Partitions(4, 4),
              THREADS,
              1L << 30));

  private TestSettings() {}

  public static StreamSettings of(
      Instance instance, Cluster kafka, Threads threads, Failover failover) {
    return new StreamSettings(instance, kafka, threads, failover, COMMIT_INTERVAL, BATCHES);
  }

  /** An instance that others need not reach. */
  public static Instance instance(String prefix, String id, Path state) {
    return new Instance(prefix, id, state, Optional.empty());
  }

  public static Cluster cluster(String bootstrapServers, int maxRecordBytes) {
    return new Cluster(bootstrapServers, maxRecordBytes, 1, Map.of());
  }
}
