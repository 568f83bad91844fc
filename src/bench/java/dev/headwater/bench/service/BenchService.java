package dev.headwater.bench.service;

import dev.headwater.backbone.Backbone;
import dev.headwater.event.ModelStatus;
import dev.headwater.head.LearnerSettings;
import dev.headwater.image.ImageDecoder;
import dev.headwater.image.ImageLimits;
import dev.headwater.learner.LearnerConfiguration;
import dev.headwater.learner.model.DriftReaction;
import dev.headwater.learner.model.ModelCatalog;
import dev.headwater.learner.model.ReleaseRules;
import dev.headwater.learner.model.SnapshotPolicy;
import dev.headwater.stream.AdaptationParts;
import dev.headwater.stream.AdaptationStreams;
import dev.headwater.stream.AdaptationStreams.NotReadyException;
import dev.headwater.stream.EmbedderPool;
import dev.headwater.stream.runtime.BatchLimits;
import dev.headwater.stream.runtime.Partitions;
import dev.headwater.stream.runtime.StreamSettings;
import dev.headwater.stream.runtime.StreamSettings.Cluster;
import dev.headwater.stream.runtime.StreamSettings.Failover;
import dev.headwater.stream.runtime.StreamSettings.Instance;
import dev.headwater.stream.runtime.StreamSettings.Threads;
import dev.headwater.topics.TopicNames;
import dev.headwater.topics.TopicProvisioner;
import dev.headwater.topics.TopicSettings;
import dev.headwater.topics.TopicSpecs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Inference and learner with the service's defaults, on topics of their own. */
final class BenchService implements AutoCloseable {
  private static final Patience READY = new Patience(Duration.ofMinutes(10), Duration.ofMillis(5));
  private static final Duration COMMIT_INTERVAL = Duration.ofMillis(100);
  private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(6);
  private static final double LABEL_BUDGET = 0.1;
  private static final int REQUEST_ROOM = 1 << 20;

  private final AdaptationStreams streams;

  /**
   * What differs between benchmarks.
   *
   * @param prefix of its topics and applications
   * @param models most models without a head
   */
  record Setup(
      String prefix,
      Backbone backbone,
      int inferenceThreads,
      int learnerThreads,
      SnapshotPolicy policy,
      int models) {

    TopicNames topics() {
      return new TopicNames(prefix);
    }

    /** What the names of the learner's own topics begin with. */
    String learnerPrefix() {
      return prefix + "learner-";
    }
  }

  /** Makes the service, which is not started yet, and creates its topics where they are missing. */
  BenchService(BenchBroker broker, Setup setup) {
    var topics = TopicSettings.embedded();
    TopicProvisioner.ensure(broker.admin(), TopicSpecs.of(setup.topics(), topics), 1);
    streams =
        new AdaptationStreams(
            setup.topics(), parts(setup, topics), settings(broker, setup, topics));
  }

  private static AdaptationParts parts(Setup setup, TopicSettings topics) {
    int size = setup.backbone().inputSize();
    return new AdaptationParts(
        setup.backbone(),
        new EmbedderPool(setup.backbone()),
        new ImageDecoder(ImageLimits.DEFAULT, size, size),
        new LearnerConfiguration(
            setup.backbone().id(),
            setup.backbone().embeddingSize(),
            LearnerSettings.DEFAULT,
            setup.policy(),
            new ModelCatalog(List.of(), true, setup.models()),
            DriftReaction.ADAPT,
            ReleaseRules.DEFAULT),
        new AdaptationParts.Labels(Duration.ofHours(24), LABEL_BUDGET),
        new Partitions(topics.imagePartitions(), topics.modelPartitions()),
        topics.maxMessageBytes());
  }

  private static StreamSettings settings(BenchBroker broker, Setup setup, TopicSettings topics) {
    return new StreamSettings(
        new Instance(setup.prefix(), "bench-1", state(broker, setup), Optional.empty()),
        new Cluster(
            broker.bootstrapServers(), topics.maxMessageBytes() + REQUEST_ROOM, 1, Map.of()),
        new Threads(setup.inferenceThreads(), setup.learnerThreads()),
        new Failover(0, SESSION_TIMEOUT),
        COMMIT_INTERVAL,
        batches(setup, topics));
  }

  private static BatchLimits batches(Setup setup, TopicSettings topics) {
    return BatchLimits.of(
        new BatchLimits.Constraints(
            ImageLimits.DEFAULT,
            LearnerSettings.DEFAULT,
            topics.maxMessageBytes(),
            new Partitions(topics.imagePartitions(), topics.modelPartitions()),
            new Threads(setup.inferenceThreads(), setup.learnerThreads()),
            Runtime.getRuntime().maxMemory()));
  }

  /** Returns where a service keeps its state. */
  static Path state(BenchBroker broker, Setup setup) {
    return broker.state(setup.prefix());
  }

  /** Starts; returns at once. */
  void start() {
    streams.start();
  }

  /** Waits until all threads have their work and are at it. */
  void awaitRunning() {
    READY.await("RUNNING", streams::isRunning, streams::stateName);
  }

  /** For people: each of inference and learner is CREATED, REBALANCING, RUNNING, … */
  String stateName() {
    return streams.stateName();
  }

  /** Returns how the models are doing; none while that is not known. */
  List<ModelStatus> models() {
    try {
      return streams.queries().models();
    } catch (NotReadyException e) {
      return List.of();
    }
  }

  /** Waits until all models together have taken so many images. */
  void awaitTaken(long images, Patience patience) {
    patience.await(
        "%d images taken".formatted(images),
        () -> taken() >= images,
        () -> "%d, %s".formatted(taken(), streams.stateName()));
  }

  private long taken() {
    return models().stream().mapToLong(ModelStatus::predictions).sum();
  }

  /** Stops: finishes what is in hand, commits, and lets go. */
  @Override
  public void close() {
    streams.close();
  }
}
