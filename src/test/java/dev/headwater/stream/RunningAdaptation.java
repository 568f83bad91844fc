package dev.headwater.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.headwater.Eventually;
import dev.headwater.Schemas;
import dev.headwater.broker.TestBroker;
import dev.headwater.event.Json;
import dev.headwater.event.ModelStatus;
import dev.headwater.event.Prediction;
import dev.headwater.head.LearnerSettings;
import dev.headwater.image.ImageDecoder;
import dev.headwater.image.ImageLimits;
import dev.headwater.learner.LearnerConfiguration;
import dev.headwater.learner.model.DriftReaction;
import dev.headwater.learner.model.ModelCatalog;
import dev.headwater.learner.model.ReleaseRules;
import dev.headwater.learner.model.SnapshotPolicy;
import dev.headwater.stream.runtime.Partitions;
import dev.headwater.stream.runtime.StreamSettings;
import dev.headwater.stream.runtime.TestSettings;
import dev.headwater.topics.TopicNames;
import dev.headwater.topics.TopicProvisioner;
import dev.headwater.topics.TopicSettings;
import dev.headwater.topics.TopicSpecs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Inference and learner with a fake backbone on a real broker, and the words of a test for them.
 */
public final class RunningAdaptation implements AutoCloseable {
  public static final int PARTITIONS = 4;
  public static final int MODEL_PARTITIONS = 2;
  public static final int LARGEST_IMAGE = 1 << 20;

  private static final int BATCH = 4;
  private static final int SNAPSHOT_EXAMPLES = 16;

  private final TestBroker broker;
  private final TopicNames topics;
  private final Instance instance;
  private Settings settings;
  private final KafkaProducer<byte[], byte[]> producer;
  private AdaptationStreams streams;

  /** What may differ from test to test. */
  record Settings(
      FakeBackbone backbone, ModelCatalog catalog, ImageLimits limits, Duration labelRetention) {
    /** With a catalog of its own, since that remembers which models have taken a place. */
    static Settings usual() {
      return new Settings(
          new FakeBackbone(),
          new ModelCatalog(List.of(), true, 5),
          ImageLimits.DEFAULT,
          Duration.ofHours(1));
    }

    Settings with(FakeBackbone other) {
      return new Settings(other, catalog, limits, labelRetention);
    }
  }

  /** Creates topics of their own on the broker and starts to process. */
  public RunningAdaptation(TestBroker broker, String prefix, Path state) {
    this(broker, prefix, state, Settings.usual());
  }

  public RunningAdaptation(TestBroker broker, String prefix, Path state, Settings how) {
    this(broker, prefix, state, Instance.ALONE, how);
  }

  /** One of several instances. */
  public RunningAdaptation(
      TestBroker broker, String prefix, Path state, Instance instance, Settings how) {
    this.broker = broker;
    this.instance = instance;
    settings = how;
    topics = new TopicNames(prefix);
    producer = broker.producer(Map.of());
    var specs =
        new TopicSettings(PARTITIONS, MODEL_PARTITIONS, Duration.ofHours(1), LARGEST_IMAGE, -1);
    TopicProvisioner.ensure(broker.admin(), TopicSpecs.of(topics, specs), 1);
    start(state);
  }

  private void start(Path state) {
    streams = newStreams(state);
    streams.start();
    Eventually.get("RUNNING", streams::stateName, name -> streams.isRunning());
  }

  /** Returns what processes these topics, not started. */
  public AdaptationStreams newStreams(Path state) {
    return newStreams(state, instance);
  }

  /** Returns another instance that shares the work, not started. */
  public AdaptationStreams newStreams(Path state, Instance instance) {
    int size = settings.backbone().inputSize();
    var parts =
        new AdaptationParts(
            settings.backbone(),
            new EmbedderPool(settings.backbone()),
            new ImageDecoder(settings.limits(), size, size),
            new LearnerConfiguration(
                settings.backbone().id(),
                settings.backbone().embeddingSize(),
                new LearnerSettings(BATCH, 2, 100, 1),
                new SnapshotPolicy(SNAPSHOT_EXAMPLES, Duration.ofSeconds(1)),
                settings.catalog(),
                DriftReaction.ADAPT,
                ReleaseRules.DEFAULT),
            new AdaptationParts.Labels(settings.labelRetention(), 0.1),
            new Partitions(PARTITIONS, MODEL_PARTITIONS),
            LARGEST_IMAGE);
    return new AdaptationStreams(topics, parts, streamSettings(state, instance));
  }

  /** How an instance is known to others, and they to it. */
  public record Instance(
      String id, int standbys, Duration sessionTimeout, Optional<String> advertised) {
    static final Instance ALONE = new Instance("test-1", 0, Duration.ofSeconds(6));

    Instance(String id, int standbys, Duration sessionTimeout) {
      this(id, standbys, sessionTimeout, Optional.empty());
    }
  }

  private StreamSettings streamSettings(Path state, Instance instance) {
    return TestSettings.of(
        new StreamSettings.Instance(topics.prefix(), instance.id(), state, instance.advertised()),
        TestSettings.cluster(broker.bootstrapServers(), 2 * LARGEST_IMAGE),
        TestSettings.THREADS,
        new StreamSettings.Failover(instance.standbys(), instance.sessionTimeout()));
  }

  /** Stops, and starts with the state that is in a directory. */
  public void restart(Path state) {
    streams.close();
    start(state);
  }

  /** Stops, and starts on the same state with other settings. */
  public void restart(Path state, Settings how) {
    settings = how;
    restart(state);
  }

  public AdaptationStreams streams() {
    return streams;
  }

  public TopicNames topics() {
    return topics;
  }

  public void send(TestImage image) {
    Eventually.done(producer.send(image.record(topics.images())));
  }

  public void send(Stream<TestImage> images) {
    var sent = images.map(image -> producer.send(image.record(topics.images()))).toList();
    sent.forEach(Eventually::done);
  }

  /** Sends without waiting; {@link #flush} waits. */
  public Future<RecordMetadata> sendLater(TestImage image) {
    return producer.send(image.record(topics.images()));
  }

  /** Waits until Kafka has all that was sent. */
  public void flush() {
    producer.flush();
  }

  /** Sends a label by itself, keyed by the image's id, to some partition. */
  public Future<RecordMetadata> sendLabel(String imageId, String label, int partition) {
    byte[] key = imageId.getBytes(UTF_8);
    return producer.send(
        new ProducerRecord<>(topics.labels(), partition, key, label.getBytes(UTF_8)));
  }

  /** Sends a record with headers, which decide what it is. */
  public void send(String topic, String key, byte[] value, Map<String, String> headers) {
    var sent = new ProducerRecord<>(topic, key == null ? null : key.getBytes(UTF_8), value);
    headers.forEach((name, text) -> sent.headers().add(name, text.getBytes(UTF_8)));
    Eventually.done(producer.send(sent));
  }

  public void sendBare(String key, byte[] value) {
    var bare = new ProducerRecord<>(topics.images(), key.getBytes(UTF_8), value);
    Eventually.done(producer.send(bare));
  }

  /** Returns how a model is doing; empty while that is not known. */
  public Optional<ModelStatus> model(String name) {
    try {
      return streams.queries().models().stream().filter(m -> m.model().equals(name)).findFirst();
    } catch (AdaptationStreams.NotReadyException e) {
      return Optional.empty();
    }
  }

  /**
   * Waits until the default model has taken so many examples, and all of them are in a snapshot.
   */
  public ModelStatus awaitExamples(long count) {
    return Eventually.get(
            count + " examples",
            () -> model("default"),
            found -> found.map(m -> m.examples() >= count).orElse(false))
        .orElseThrow();
  }

  public List<Prediction> predictions() {
    return records(topics.predictions()).stream().map(RunningAdaptation::prediction).toList();
  }

  private static Prediction prediction(ConsumerRecord<byte[], byte[]> found) {
    try {
      return Json.MAPPER.readValue(found.value(), Prediction.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for the prediction of one image. */
  public Prediction awaitPrediction(String imageId) {
    return Eventually.get(
            "prediction of " + imageId,
            () -> predictions().stream().filter(p -> p.imageId().equals(imageId)).findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  /** Returns all committed records of a topic. */
  public List<ConsumerRecord<byte[], byte[]>> records(String topic) {
    return broker.readAll(topic);
  }

  /** Whatever was published is as its schema says, in every test. */
  private void assertPublishedAsTheSchemasSay() {
    assertValid("prediction.v1", topics.predictions());
    assertValid("evaluation.v1", topics.evaluations());
    assertValid("model-event.v1", topics.modelEvents());
    Schemas.assertValid("model-status.v1", json(streams.queries().models()));
  }

  private void assertValid(String schema, String topic) {
    records(topic).forEach(r -> Schemas.assertValid(schema, new String(r.value(), UTF_8)));
  }

  private static String json(Object value) {
    try {
      return Json.MAPPER.writeValueAsString(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
    try {
      assertPublishedAsTheSchemasSay();
    } finally {
      streams.close();
    }
  }
}
