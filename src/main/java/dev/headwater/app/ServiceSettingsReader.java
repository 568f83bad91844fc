package dev.headwater.app;

import dev.headwater.backbone.Backbone;
import dev.headwater.backbone.Engine;
import dev.headwater.backbone.WeightsSettings;
import dev.headwater.evaluation.Gate;
import dev.headwater.head.DecisionRule;
import dev.headwater.head.LearnerSettings;
import dev.headwater.image.ImageDecoder;
import dev.headwater.image.ImageLimits;
import dev.headwater.learner.LearnerConfiguration;
import dev.headwater.learner.model.ModelCatalog;
import dev.headwater.learner.model.ModelSettings;
import dev.headwater.learner.model.ReleaseRules;
import dev.headwater.learner.model.SnapshotPolicy;
import dev.headwater.stream.AdaptationParts;
import dev.headwater.stream.EmbedderPool;
import dev.headwater.stream.runtime.BatchLimits;
import dev.headwater.stream.runtime.Partitions;
import dev.headwater.stream.runtime.StreamSettings;
import dev.headwater.stream.runtime.StreamSettings.Cluster;
import dev.headwater.stream.runtime.StreamSettings.Failover;
import dev.headwater.stream.runtime.StreamSettings.Instance;
import dev.headwater.stream.runtime.StreamSettings.Threads;
import dev.headwater.topics.TopicNames;
import dev.headwater.topics.TopicSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** Turns the configuration into the validated settings of each part. */
final class ServiceSettingsReader {
  /** Session timeout where others can take over. */
  private static final Duration TAKEOVER = Duration.ofSeconds(6);

  /** Session timeout of an instance that is alone: a shorter one would only cause rebalances. */
  private static final Duration ALONE = Duration.ofSeconds(45);

  /** A record's overhead on the wire, over the topic's limit, which the client must allow. */
  private static final int REQUEST_ROOM = 1 << 20;

  private static final long LAPTOP_IMAGE_BYTES = 8L << 30;
  private static final long UNLIMITED = -1;
  private static final int LONGEST_RETENTION_DAYS = 30;

  /** How long an unreachable cluster is tried when starting. */
  private static final int ADMIN_TIMEOUT_MS = 20_000;

  private final HeadwaterConfig config;
  private final KafkaConnection kafka;

  ServiceSettingsReader(HeadwaterConfig config, KafkaConnection kafka) {
    this.config = config;
    this.kafka = kafka;
  }

  /**
   * Reads all settings, so that a wrong value is reported before a broker starts.
   *
   * @throws IllegalArgumentException with a sentence on the first that is out of range
   */
  void check() {
    AccessSettings.of(config.http());
    topics();
    topicSettings();
    limits();
    learner();
    policy();
    labelRetention();
    labelBudget();
    catalog();
    stream("unknown:9092", dataDirectory(), "unknown", plannedPartitions(), "localhost:8080");
  }

  Path dataDirectory() {
    return config.data().toAbsolutePath().normalize();
  }

  Optional<String> externalBootstrap() {
    return kafka.bootstrapServers();
  }

  int brokerPort() {
    return config.broker().port();
  }

  TopicNames topics() {
    return new TopicNames(config.topicPrefix());
  }

  TopicSettings topicSettings() {
    var topics = config.topics();
    return new TopicSettings(
        topics.imagePartitions(),
        topics.modelPartitions(),
        topics.retention(),
        topics.maxMessageBytes(),
        isEmbedded() ? LAPTOP_IMAGE_BYTES : UNLIMITED);
  }

  /** Partitions of the topics as they are created where there are none. */
  Partitions plannedPartitions() {
    return new Partitions(config.topics().imagePartitions(), config.topics().modelPartitions());
  }

  int replicationFactor() {
    return isEmbedded() ? 1 : config.topics().replicationFactor();
  }

  private boolean isEmbedded() {
    return kafka.bootstrapServers().isEmpty();
  }

  /**
   * Opens a client towards Kafka as it is configured. The caller closes it.
   *
   * @throws IllegalArgumentException with a sentence if Kafka's own properties are not usable
   */
  Admin admin(String bootstrapServers) {
    try {
      return Admin.create(adminProperties(bootstrapServers));
    } catch (KafkaException e) {
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      throw new IllegalArgumentException(
          "Kafka's client refuses what is given as kafka.… or KAFKA_…: "
              + (cause instanceof IOException ? cause : cause.getMessage()),
          e);
    }
  }

  private Map<String, Object> adminProperties(String bootstrapServers) {
    var properties = new HashMap<String, Object>(kafka.properties());
    properties.put("bootstrap.servers", bootstrapServers);
    properties.putIfAbsent("request.timeout.ms", ADMIN_TIMEOUT_MS / 2);
    properties.putIfAbsent("default.api.timeout.ms", ADMIN_TIMEOUT_MS);
    return properties;
  }

  WeightsSettings weights() {
    return WeightsSettings.of(System.getenv())
        .withFile(config.weights().orElse(config.backbone().weights()));
  }

  Engine engine() {
    return config.backbone().engine();
  }

  /**
   * @param partitions of the topics as they are
   */
  AdaptationParts parts(Backbone backbone, Partitions partitions) {
    return new AdaptationParts(
        backbone,
        new EmbedderPool(backbone),
        decoder(backbone.inputSize()),
        learning(backbone),
        new AdaptationParts.Labels(labelRetention(), labelBudget()),
        partitions,
        config.topics().maxMessageBytes());
  }

  private LearnerConfiguration learning(Backbone backbone) {
    return new LearnerConfiguration(
        backbone.id(),
        backbone.embeddingSize(),
        learner(),
        policy(),
        catalog(),
        config.learner().onDrift(),
        release());
  }

  private ImageDecoder decoder(int size) {
    long heap = Runtime.getRuntime().maxMemory();
    return new ImageDecoder(limits(), size, size, BatchLimits.pixelsAtOnce(heap));
  }

  ImageLimits limits() {
    return new ImageLimits(config.image().maxBytes(), config.image().maxPixels());
  }

  private LearnerSettings learner() {
    var learner = config.learner();
    return new LearnerSettings(
        learner.batchSize(), learner.replayBatches(), learner.reservoirCapacity(), learner.seed());
  }

  private SnapshotPolicy policy() {
    return new SnapshotPolicy(config.snapshot().examples(), config.snapshot().interval());
  }

  private ReleaseRules release() {
    var release = config.release();
    return new ReleaseRules(Gate.DEFAULT, release.onRegression(), release.keep());
  }

  private Duration labelRetention() {
    var retention = config.labels().retention();
    if (retention.toMinutes() < 1 || retention.toDays() > LONGEST_RETENTION_DAYS) {
      throw new IllegalArgumentException(
          "headwater.labels.retention is %s, expected 1 minute to %d days"
              .formatted(retention, LONGEST_RETENTION_DAYS));
    }
    return retention;
  }

  private double labelBudget() {
    double budget = config.labels().budget();
    if (!(budget >= 0 && budget <= 1)) {
      throw new IllegalArgumentException(
          "headwater.labels.budget is %s, expected 0 to 1: the share of images to ask for"
              .formatted(budget));
    }
    return budget;
  }

  private ModelCatalog catalog() {
    List<ModelSettings> models =
        config.model().entrySet().stream().map(e -> model(e.getKey(), e.getValue())).toList();
    var limits = config.models();
    return new ModelCatalog(models, limits.autoCreate(), limits.limit(), config.release().policy());
  }

  private ModelSettings model(String name, HeadwaterConfig.Model model) {
    if (model.classes().size() != 2) {
      throw new IllegalArgumentException(
          "headwater.model.%s.classes has %d names, expected 2: negative, then positive"
              .formatted(name, model.classes().size()));
    }
    return new ModelSettings(
        name,
        model.classes().get(0),
        model.classes().get(1),
        decision(name, model.threshold()),
        model.policy().orElse(config.release().policy()));
  }

  private static DecisionRule decision(String model, String rule) {
    try {
      return DecisionRule.parse(rule);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "headwater.model.%s.threshold: %s".formatted(model, e.getMessage()), e);
    }
  }

  /**
   * @param bound address at which HTTP is served
   */
  StreamSettings stream(
      String bootstrapServers, Path stateDirectory, Partitions partitions, String bound) {
    return stream(
        bootstrapServers, stateDirectory, InstanceId.in(stateDirectory), partitions, bound);
  }

  private StreamSettings stream(
      String bootstrapServers,
      Path stateDirectory,
      String instanceId,
      Partitions partitions,
      String bound) {
    var stream = config.stream();
    return new StreamSettings(
        new Instance(
            stream.applicationPrefix().orElse(config.topicPrefix()),
            instanceId,
            stateDirectory,
            Optional.of(config.http().advertised().orElse(bound))),
        new Cluster(
            bootstrapServers,
            config.topics().maxMessageBytes() + REQUEST_ROOM,
            replicationFactor(),
            kafka.properties()),
        threads(),
        new Failover(
            stream.standbys().orElse(isEmbedded() ? 0 : 1),
            stream.sessionTimeout().orElse(isEmbedded() ? ALONE : TAKEOVER)),
        stream.commitInterval(),
        batches(partitions));
  }

  private Threads threads() {
    int cores = Runtime.getRuntime().availableProcessors();
    return new Threads(
        config.stream().inferenceThreads().orElse(cores),
        config.stream().learnerThreads().orElse(Math.max(1, cores / 2)));
  }

  private BatchLimits batches(Partitions partitions) {
    return BatchLimits.of(
        new BatchLimits.Constraints(
            limits(),
            learner(),
            config.topics().maxMessageBytes(),
            partitions,
            threads(),
            Runtime.getRuntime().maxMemory()));
  }
}
