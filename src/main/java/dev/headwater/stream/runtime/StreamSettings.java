package dev.headwater.stream.runtime;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How the topology runs.
 *
 * @param applicationPrefix what the names of consumer groups, internal topics and transactions
 *     begin with; the same for all instances that share the work
 * @param instanceId names this instance among them, and stays the same when it restarts
 * @param bootstrapServers where Kafka is
 * @param stateDirectory where local state lies
 * @param inferenceThreads threads that decode, embed and predict
 * @param learnerThreads threads that train
 * @param commitInterval how long a prediction waits until a consumer that reads committed records
 *     sees it; see {@link CommitRequester}
 * @param maxRecordBytes the largest record of any topic
 * @param replicationFactor of internal topics; -1 for the cluster's default
 * @param standbys other instances that keep a copy of each task's state, 0 to 5
 * @param sessionTimeout after how long without a sign of life others take over; 1 s to 30 min
 * @param work how much is taken at once, and how long that may take
 * @param advertised {@code host:port} at which other instances reach this one by HTTP; empty where
 *     there are none
 * @param clientProperties further properties of every Kafka client, such as security; none of those
 *     that {@link ReservedClientProperties} refuses
 */
public record StreamSettings(
    String applicationPrefix,
    String instanceId,
    String bootstrapServers,
    Path stateDirectory,
    int inferenceThreads,
    int learnerThreads,
    Duration commitInterval,
    int maxRecordBytes,
    int replicationFactor,
    int standbys,
    Duration sessionTimeout,
    BatchLimits work,
    Optional<String> advertised,
    Map<String, String> clientProperties) {
  private static final Pattern HOST_AND_PORT =
      Pattern.compile("([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.%]+]):[1-9][0-9]{0,4}");

  /** Checks the ranges and copies the map. */
  public StreamSettings {
    clientProperties = Map.copyOf(clientProperties);
    requireThreads("inference", inferenceThreads);
    requireThreads("learner", learnerThreads);
    if (commitInterval.toMillis() < 10 || commitInterval.toSeconds() > 30) {
      throw new IllegalArgumentException(
          "commit interval %s, expected 10 ms to 30 s".formatted(commitInterval));
    }
    if (standbys < 0 || standbys > 5) {
      throw new IllegalArgumentException("%d standbys, expected 0 to 5".formatted(standbys));
    }
    if (sessionTimeout.toMillis() < 1_000 || sessionTimeout.toMinutes() > 30) {
      throw new IllegalArgumentException(
          "session timeout %s, expected 1 s to 30 min".formatted(sessionTimeout));
    }
    if (!advertised.map(HOST_AND_PORT.asMatchPredicate()::test).orElse(true)) {
      throw new IllegalArgumentException(
          "headwater.http.advertised is '%s', expected host:port, such as node-1.example:8080"
              .formatted(advertised.get()));
    }
    ReservedClientProperties.check(clientProperties);
  }

  /** Settings of an instance that others need not reach. */
  public StreamSettings(
      String applicationPrefix,
      String instanceId,
      String bootstrapServers,
      Path stateDirectory,
      int inferenceThreads,
      int learnerThreads,
      Duration commitInterval,
      int maxRecordBytes,
      int replicationFactor,
      int standbys,
      Duration sessionTimeout,
      BatchLimits work,
      Map<String, String> clientProperties) {
    this(
        applicationPrefix,
        instanceId,
        bootstrapServers,
        stateDirectory,
        inferenceThreads,
        learnerThreads,
        commitInterval,
        maxRecordBytes,
        replicationFactor,
        standbys,
        sessionTimeout,
        work,
        Optional.empty(),
        clientProperties);
  }

  private static void requireThreads(String what, int threads) {
    if (threads < 1 || threads > 256) {
      throw new IllegalArgumentException(
          "%d %s threads, expected 1 to 256".formatted(threads, what));
    }
  }
}
