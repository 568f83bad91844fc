package dev.headwater.app;

import dev.headwater.app.ServiceStatus.Phase;
import dev.headwater.app.StopSign.StoppedException;
import dev.headwater.backbone.Progress;
import dev.headwater.broker.DataDirectory;
import dev.headwater.broker.EmbeddedBroker;
import dev.headwater.event.ModelStatus;
import dev.headwater.stream.AdaptationStreams;
import dev.headwater.stream.ModelQueries;
import dev.headwater.stream.call.ModelRequests;
import dev.headwater.stream.preflight.BrokerCheck;
import dev.headwater.stream.preflight.Cluster;
import dev.headwater.stream.preflight.PartitionGrowthCheck;
import dev.headwater.stream.preflight.RepartitionTopicCheck;
import dev.headwater.stream.runtime.Partitions;
import dev.headwater.stream.runtime.StreamMetrics;
import dev.headwater.stream.runtime.StreamSettings;
import dev.headwater.topics.TopicProvisioner;
import dev.headwater.topics.TopicSpecs;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/**
 * Starts the parts in order (data directory, backbone, broker, topics, streams) and stops them in
 * the opposite one.
 */
@ApplicationScoped
public class AdaptationService {
  private static final Logger LOG = Logger.getLogger(AdaptationService.class);
  private static final Duration POLL = Duration.ofMillis(50);

  private final ServiceSettingsReader settings;
  private final ApiAccess access;
  private final Config config;
  private final StopSign stop = new StopSign();
  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private volatile ServiceStatus status = ServiceStatus.stopped();
  private volatile AdaptationStreams streams;
  private volatile ModelRequests requests;
  private volatile String bootstrapServers;
  private String clusterId;

  @Inject
  AdaptationService(HeadwaterConfig config, Config allConfig, ApiAccess access) {
    this.access = access;
    this.config = allConfig;
    settings = new ServiceSettingsReader(config, KafkaConnection.of(allConfig));
  }

  /**
   * Starts everything; returns once records are being processed.
   *
   * @throws RuntimeException with a sentence if a part cannot start, or if {@link #stop} is called
   *     before or meanwhile; those before it are stopped
   */
  public synchronized void start(Progress progress) {
    try {
      startParts(stop.heededBy(progress));
      enter(Phase.STARTED);
    } catch (RuntimeException e) {
      status = e instanceof StoppedException ? status : status.failed(e.getMessage());
      stopParts();
      throw e;
    }
  }

  private void enter(Phase next) {
    stop.heed();
    status = status.in(next);
  }

  private void startParts(Progress progress) {
    settings.check();
    var directory = keep(DataDirectory.open(settings.dataDirectory()));
    access.keepTokenIn(directory.path());
    enter(Phase.LOADING_BACKBONE);
    var loaded = LoadedBackbone.load(settings.weights(), settings.engine(), progress);
    status = status.with(loaded.backbone().id(), loaded.origin());
    enter(Phase.STARTING_BROKER);
    bootstrapServers = settings.externalBootstrap().orElseGet(() -> startBroker(directory));
    enter(Phase.ENSURING_TOPICS);
    var topics = ensureTopics(directory);
    enter(Phase.STARTING_STREAMS);
    var partitions = Partitions.of(settings.topics(), topics.partitions());
    var parts = settings.parts(loaded.backbone(), partitions);
    var how = streamSettings(directory, partitions);
    var adaptation = new AdaptationStreams(settings.topics(), parts, how);
    streams = keep(adaptation);
    adaptation.start();
    awaitRunning(adaptation);
    requests = keep(ModelRequests.open(settings.topics(), how));
  }

  private String startBroker(DataDirectory directory) {
    var broker = keep(EmbeddedBroker.start(directory.broker(), settings.brokerPort()));
    broker.failure().whenComplete((none, why) -> onBrokerEnd(why));
    return broker.bootstrapServers();
  }

  private void onBrokerEnd(Throwable why) {
    if (why != null) {
      LOG.error("The embedded broker gave up", why);
      status = status.failed("the embedded broker gave up: " + why.getMessage());
    }
  }

  private <T extends AutoCloseable> T keep(T part) {
    started.push(part);
    return part;
  }

  private StreamSettings streamSettings(DataDirectory directory, Partitions partitions) {
    return settings.stream(
        bootstrapServers, directory.streams(clusterId), partitions, boundAddress());
  }

  /** Looked up late, when a port of 0 has become a real one. */
  private String boundAddress() {
    String host = config.getValue("quarkus.http.host", String.class);
    return "%s:%d"
        .formatted(
            host.contains(":") ? "[%s]".formatted(host) : host,
            config.getValue("quarkus.http.port", Integer.class));
  }

  private TopicProvisioner.Report ensureTopics(DataDirectory directory) {
    try (var admin = settings.admin(bootstrapServers)) {
      clusterId = Cluster.id(admin);
      var specs = TopicSpecs.of(settings.topics(), settings.topicSettings());
      var how = streamSettings(directory, settings.plannedPartitions());
      BrokerCheck.verify(admin, how, settings.topics(), specs).ifPresent(LOG::warn);
      var report = TopicProvisioner.ensure(admin, specs, settings.replicationFactor());
      PartitionGrowthCheck.refuse(
          admin,
          settings.topics(),
          how.instance().applicationPrefix(),
          Partitions.of(settings.topics(), report.partitions()));
      RepartitionTopicCheck.verify(admin, how).forEach(LOG::warn);
      report.warnings().forEach(LOG::warn);
      LOG.infof(
          "Topics: %d created, %d verified", report.created().size(), report.verified().size());
      return report;
    }
  }

  private void awaitRunning(AdaptationStreams adaptation) {
    while (!adaptation.isRunning()) {
      if (adaptation.hasStopped()) {
        throw new IllegalStateException("the stream threads stopped while starting; see the log");
      }
      stop.heed(POLL);
    }
  }

  /** Quarkus waits for this before the process ends, which it does not for the main thread. */
  void onShutdown(@Observes ShutdownEvent event) {
    stop();
  }

  /** Stops everything that was started, the newest first, and ends a start that is under way. */
  public void stop() {
    // Before the lock is taken: a start holds it for as long as it takes, which may be for ever.
    stop.raise();
    stopParts();
  }

  private synchronized void stopParts() {
    while (!started.isEmpty()) {
      var part = started.pop();
      try {
        part.close();
      } catch (Exception e) {
        LOG.errorf(e, "%s did not stop cleanly", part.getClass().getSimpleName());
      }
    }
    if (status.phase() != Phase.FAILED) {
      status = ServiceStatus.stopped();
    }
  }

  /** Returns the phase of the service; streams that stopped for good count as failed. */
  public ServiceStatus status() {
    var now = status;
    var running = streams;
    return now.phase() == Phase.STARTED && running != null && running.hasStopped()
        ? now.failed("the stream threads have stopped; see the log, then restart")
        : now;
  }

  /** Whether records are being processed at this moment. */
  public boolean isProcessing() {
    return streams != null && streams.isRunning();
  }

  /** The state of the stream threads, in Kafka Streams' words. */
  public String streamsState() {
    return streams == null ? "NOT CREATED" : streams.stateName();
  }

  /** Returns the metrics of the stream threads; none before they are started. */
  public List<StreamMetrics.Family> metrics() {
    return streams == null ? List.of() : streams.metrics();
  }

  /** Where Kafka listens, as {@code host:port}; empty before it is known. */
  public Optional<String> bootstrapServers() {
    return Optional.ofNullable(bootstrapServers);
  }

  /**
   * Returns how the models are doing, by name.
   *
   * @throws AdaptationStreams.NotReadyException while that is not known
   */
  public List<ModelStatus> models() {
    return queries().models();
  }

  /**
   * Returns inference and learner, which run.
   *
   * @throws AdaptationStreams.NotReadyException before they do
   */
  public AdaptationStreams streams() {
    return started(streams);
  }

  /**
   * Answers questions about the models whose learners run here.
   *
   * @throws AdaptationStreams.NotReadyException before the service is started
   */
  public ModelQueries queries() {
    return streams().queries();
  }

  /**
   * Returns what takes what callers send.
   *
   * @throws AdaptationStreams.NotReadyException before the service is started
   */
  public ModelRequests requests() {
    return started(requests);
  }

  private <T> T started(T part) {
    if (part == null) {
      throw new AdaptationStreams.NotReadyException(
          "the service is not started yet: " + status.phase());
    }
    return part;
  }

  /** The largest image file that is taken, in bytes. */
  public long largestImage() {
    return settings.limits().maxBytes();
  }
}
