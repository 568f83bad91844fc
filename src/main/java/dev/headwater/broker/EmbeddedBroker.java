package dev.headwater.broker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;

/**
 * A real Apache Kafka inside this process: one KRaft node, broker and controller, that listens on
 * the loopback interface only and keeps its records, offsets and cluster id in a directory.
 *
 * <p>Topics are not created by use. The largest record is 32 MiB. Kafka never ends the process:
 * what would, completes {@link #failure()}.
 */
public final class EmbeddedBroker implements AutoCloseable {
  static final Duration READY_WITHIN = Duration.ofSeconds(60);

  /** Kafka's own limit comes first, since it says what was waited for. */
  static final Duration STARTUP_LIMIT = READY_WITHIN.minusSeconds(5);

  private static final Duration ABANDONED_WITHIN = Duration.ofSeconds(10);
  private static final Duration STOPPED_WITHIN = Duration.ofSeconds(30);
  private static final int BIND_ATTEMPTS = 3;

  private final KafkaRaftServer server;
  private final ExitGuard guard;
  private final BrokerPorts ports;
  private final BrokerStorage storage;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedBroker(
      KafkaRaftServer server, ExitGuard guard, BrokerPorts ports, BrokerStorage storage) {
    this.server = server;
    this.guard = guard;
    this.ports = ports;
    this.storage = storage;
  }

  /**
   * Starts a broker and waits, for a minute at most, until it accepts clients.
   *
   * @param directory where the data is or will be; nobody else may use it meanwhile
   * @param port where clients connect, or 0 for a free one
   * @throws BrokerException if the port is taken, the data is not this broker's, or Kafka fails
   */
  public static EmbeddedBroker start(Path directory, int port) {
    return start(directory, port, Map.of());
  }

  public static EmbeddedBroker start(Path directory, int port, Map<String, String> extraSettings) {
    for (int attempt = 1; ; attempt++) {
      BrokerPorts ports = BrokerPorts.pick(port);
      BrokerStorage storage = BrokerStorage.open(directory);
      try {
        return start(storage, ports, extraSettings);
      } catch (BrokerException e) {
        // Someone may have taken a picked port before Kafka did.
        if (attempt == BIND_ATTEMPTS || ports.areFree()) {
          throw e;
        }
      }
    }
  }

  private static EmbeddedBroker start(
      BrokerStorage storage, BrokerPorts ports, Map<String, String> extraSettings) {
    var config = BrokerSettings.of(storage.log(), ports, extraSettings);
    var server = new AtomicReference<KafkaRaftServer>();
    ExitGuard guard = ExitGuard.install();
    CompletableFuture<Void> started =
        KafkaThread.run(
            "broker-start",
            () -> {
              server.set(new KafkaRaftServer(new KafkaConfig(config, false), Time.SYSTEM));
              server.get().startup();
            });
    try {
      await(CompletableFuture.anyOf(started, guard.fault()), READY_WITHIN, "start", storage.log());
      return new EmbeddedBroker(server.get(), guard, ports, storage);
    } catch (BrokerException e) {
      abandon(started, server, storage, e);
      guard.close();
      throw e;
    }
  }

  /** Returns what clients connect to: {@code host:port}. */
  public String bootstrapServers() {
    return BrokerPorts.HOST + ":" + ports.clients();
  }

  /** Returns the port that clients connect to. */
  public int port() {
    return ports.clients();
  }

  /** Returns the id of the cluster, the same at every start on one directory. */
  public String clusterId() {
    return storage.clusterId();
  }

  /**
   * Returns what completes exceptionally, with a {@link BrokerException}, when Kafka cannot go on
   * (a full disk, say). The broker is of no use from then on and should be closed.
   */
  public CompletionStage<Void> failure() {
    return guard.fault().minimalCompletionStage();
  }

  /**
   * Stops the broker and waits, for half a minute at most, until it has stopped.
   *
   * @throws BrokerException if it does not stop
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try {
      stop(server, storage);
    } finally {
      guard.close();
    }
  }

  private static void stop(KafkaRaftServer server, BrokerStorage storage) {
    CompletableFuture<Void> stopped =
        KafkaThread.run(
            "broker-stop",
            () -> {
              server.shutdown();
              server.awaitShutdown();
            });
    await(stopped, STOPPED_WITHIN, "stop", storage.log());
  }

  /** Kafka ignores a stop while it starts, so that the start must come to its end first. */
  private static void abandon(
      CompletableFuture<Void> started,
      AtomicReference<KafkaRaftServer> server,
      BrokerStorage storage,
      BrokerException why) {
    try {
      await(started.handle((done, failure) -> failure), ABANDONED_WITHIN, "start", storage.log());
      if (server.get() != null) {
        stop(server.get(), storage);
      }
    } catch (BrokerException e) {
      why.addSuppressed(e);
    }
  }

  private static void await(CompletableFuture<?> work, Duration limit, String what, Path log) {
    try {
      work.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new BrokerException(
          "the embedded broker on %s did not %s: %s".formatted(log, what, reason(e.getCause())),
          e.getCause());
    } catch (TimeoutException e) {
      throw new BrokerException(
          "the embedded broker on %s did not %s within %d s; the log says what it waited for"
              .formatted(log, what, limit.toSeconds()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BrokerException("interrupted while the embedded broker was to " + what, e);
    }
  }

  private static String reason(Throwable cause) {
    return cause instanceof BrokerException ? cause.getMessage() : cause.toString();
  }
}
