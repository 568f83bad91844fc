package dev.headwater.stream.runtime;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How the topology runs.
 *
 * @param commitInterval how long a prediction waits until a consumer that reads committed records
 *     sees it; see {@link CommitRequester}
 * @param batches how much is taken at once, and how long that may take
 */
public record StreamSettings(
    Instance instance,
    Cluster kafka,
    Threads threads,
    Failover failover,
    Duration commitInterval,
    BatchLimits batches) {

  /** Checks the range. */
  public StreamSettings {
    if (commitInterval.toMillis() < 10 || commitInterval.toSeconds() > 30) {
      throw new IllegalArgumentException(
          "commit interval %s, expected 10 ms to 30 s".formatted(commitInterval));
    }
  }

  /**
   * This process among those that share the work.
   *
   * @param applicationPrefix what the names of consumer groups, internal topics and transactions
   *     begin with; the same for all instances that share the work
   * @param id names this instance among them, and stays the same when it restarts
   * @param stateDirectory where local state lies
   * @param advertised {@code host:port} at which other instances reach this one by HTTP; empty
   *     where there are none
   */
  public record Instance(
      String applicationPrefix, String id, Path stateDirectory, Optional<String> advertised) {
    private static final Pattern HOST_AND_PORT =
        Pattern.compile("([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.%]+]):[1-9][0-9]{0,4}");

    /** Checks the address. */
    public Instance {
      if (!advertised.map(HOST_AND_PORT.asMatchPredicate()::test).orElse(true)) {
        throw new IllegalArgumentException(
            "headwater.http.advertised is '%s', expected host:port, such as node-1.example:8080"
                .formatted(advertised.get()));
      }
    }
  }

  /**
   * Kafka, as this process uses it.
   *
   * @param maxRecordBytes the largest record of any topic
   * @param replicationFactor of internal topics; -1 for the cluster's default
   * @param clientProperties further properties of every client, such as security; none of those
   *     that {@link ReservedClientProperties} refuses
   */
  public record Cluster(
      String bootstrapServers,
      int maxRecordBytes,
      int replicationFactor,
      Map<String, String> clientProperties) {
    /** Checks the properties and copies the map. */
    public Cluster {
      clientProperties = Map.copyOf(clientProperties);
      ReservedClientProperties.check(clientProperties);
    }
  }

  /**
   * Stream threads of this process.
   *
   * @param inference threads that decode, embed and predict
   * @param learner threads that train
   */
  public record Threads(int inference, int learner) {
    /** Checks the ranges. */
    public Threads {
      require("inference", inference);
      require("learner", learner);
    }

    private static void require(String what, int threads) {
      if (threads < 1 || threads > 256) {
        throw new IllegalArgumentException(
            "%d %s threads, expected 1 to 256".formatted(threads, what));
      }
    }
  }

  /**
   * How other instances take over.
   *
   * @param standbys other instances that keep a standby replica of each task's state, 0 to 5
   * @param sessionTimeout after how long without a heartbeat others take over; 1 s to 30 min
   */
  public record Failover(int standbys, Duration sessionTimeout) {
    /** Checks the ranges. */
    public Failover {
      if (standbys < 0 || standbys > 5) {
        throw new IllegalArgumentException("%d standbys, expected 0 to 5".formatted(standbys));
      }
      if (sessionTimeout.toMillis() < 1_000 || sessionTimeout.toMinutes() > 30) {
        throw new IllegalArgumentException(
            "session timeout %s, expected 1 s to 30 min".formatted(sessionTimeout));
      }
    }
  }
}
