package dev.headwater.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.headwater.Schemas;
import dev.headwater.event.DriftEvent;
import dev.headwater.event.Evaluation;
import dev.headwater.event.ImageHeaders;
import dev.headwater.event.Json;
import dev.headwater.event.ModelEvent;
import dev.headwater.event.Prediction;
import dev.headwater.head.LearnerSettings;
import dev.headwater.image.ImageDecoder;
import dev.headwater.image.ImageLimits;
import dev.headwater.learner.LearnerConfiguration;
import dev.headwater.learner.LiveModels;
import dev.headwater.learner.ModelView;
import dev.headwater.learner.model.ByteSource;
import dev.headwater.learner.model.DriftReaction;
import dev.headwater.learner.model.LearnerByteStores;
import dev.headwater.learner.model.ModelCatalog;
import dev.headwater.learner.model.ReleaseRules;
import dev.headwater.learner.model.ScoreBook;
import dev.headwater.learner.model.SnapshotPolicy;
import dev.headwater.snapshot.Snapshot;
import dev.headwater.snapshot.SnapshotFile;
import dev.headwater.stream.runtime.Partitions;
import dev.headwater.stream.runtime.StreamProperties;
import dev.headwater.stream.runtime.StreamSettings;
import dev.headwater.stream.runtime.TestSettings;
import dev.headwater.topics.TopicNames;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/**
 * Inference and learner on two test drivers, joined by the topics between them, with words for what
 * goes in and what comes out.
 */
public final class TopologyFixture implements AutoCloseable {
  public static final int LARGEST_DEAD_LETTER = 100_000;
  private static final int LARGEST_RECORD = LARGEST_DEAD_LETTER + (64 << 10);
  public static final Duration SNAPSHOT_INTERVAL = Duration.ofSeconds(10);
  public static final Duration RETENTION = Duration.ofHours(24);
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static final TopicNames TOPICS = TopicNames.withDefaultPrefix();
  private static final ByteArraySerializer BYTES_IN = new ByteArraySerializer();
  private static final ByteArrayDeserializer BYTES_OUT = new ByteArrayDeserializer();

  private final TopologyTestDriver inference;
  private final TopologyTestDriver learner;
  private final TestInputTopic<byte[], byte[]> images;
  private final TestInputTopic<byte[], byte[]> labels;
  private final TestInputTopic<String, byte[]> serving;
  private final TestInputTopic<String, byte[]> examples;
  private final TestInputTopic<byte[], byte[]> commands;
  private final TestOutputTopic<String, byte[]> examplesOut;
  private final TestOutputTopic<String, byte[]> servingOut;
  private final TestOutputTopic<String, byte[]> predictions;
  private final TestOutputTopic<byte[], byte[]> inferenceDeadLetters;
  private final TestOutputTopic<byte[], byte[]> learnerDeadLetters;
  private final TestOutputTopic<String, byte[]> snapshots;
  private final TestOutputTopic<String, byte[]> evaluations;
  private final TestOutputTopic<String, byte[]> modelEvents;
  private final LiveModels live = new LiveModels();
  private int labelled;

  public TopologyFixture(Path directory) {
    this(directory, new FakeBackbone(), new ModelCatalog(List.of(), true, 3));
  }

  public TopologyFixture(Path directory, FakeBackbone backbone, ModelCatalog catalog) {
    this(directory, backbone, catalog, 1);
  }

  /**
   * @param partitions of the images topic; all records are sent to the first
   */
  public TopologyFixture(
      Path directory, FakeBackbone backbone, ModelCatalog catalog, int partitions) {
    var parts =
        new AdaptationParts(
            backbone,
            new EmbedderPool(backbone),
            new ImageDecoder(ImageLimits.DEFAULT, backbone.inputSize(), backbone.inputSize()),
            new LearnerConfiguration(
                backbone.id(),
                backbone.embeddingSize(),
                new LearnerSettings(4, 2, 100, 1),
                new SnapshotPolicy(16, SNAPSHOT_INTERVAL),
                catalog,
                DriftReaction.ADAPT,
                ReleaseRules.DEFAULT),
            new AdaptationParts.Labels(RETENTION, 0.1),
            new Partitions(partitions, 1),
            LARGEST_RECORD);
    var settings =
        TestSettings.of(
            TestSettings.instance("test-", "test-1", directory),
            TestSettings.cluster("unused:9092", 1 << 20),
            new StreamSettings.Threads(1, 1),
            TestSettings.ALONE);
    var topology = new AdaptationTopology(TOPICS, parts, settings.commitInterval(), live);
    inference =
        new TopologyTestDriver(topology.inference(), StreamProperties.ofInference(settings), START);
    learner =
        new TopologyTestDriver(topology.learner(), StreamProperties.ofLearner(settings), START);
    images = inference.createInputTopic(TOPICS.images(), BYTES_IN, BYTES_IN);
    labels = inference.createInputTopic(TOPICS.labels(), BYTES_IN, BYTES_IN);
    serving = inference.createInputTopic(TOPICS.serving(), new StringSerializer(), BYTES_IN);
    examples = learner.createInputTopic(TOPICS.examples(), new StringSerializer(), BYTES_IN);
    commands = learner.createInputTopic(TOPICS.commands(), BYTES_IN, BYTES_IN);
    examplesOut = output(inference, TOPICS.examples());
    servingOut = output(learner, TOPICS.serving());
    predictions = output(inference, TOPICS.predictions());
    inferenceDeadLetters = inference.createOutputTopic(TOPICS.deadLetters(), BYTES_OUT, BYTES_OUT);
    learnerDeadLetters = learner.createOutputTopic(TOPICS.deadLetters(), BYTES_OUT, BYTES_OUT);
    snapshots = output(learner, TOPICS.snapshots());
    evaluations = output(learner, TOPICS.evaluations());
    modelEvents = output(learner, TOPICS.modelEvents());
  }

  private static TestOutputTopic<String, byte[]> output(TopologyTestDriver driver, String topic) {
    return driver.createOutputTopic(topic, new StringDeserializer(), BYTES_OUT);
  }

  /**
   * Carries records over the topics between inference and learner until none is left. What the
   * learner writes to its own topic, its driver feeds to it by itself.
   */
  private void settle() {
    while (!examplesOut.isEmpty() || !servingOut.isEmpty()) {
      examplesOut.readRecordsToList().forEach(examples::pipeInput);
      servingOut.readRecordsToList().forEach(serving::pipeInput);
    }
  }

  /** Sends a red (positive) or blue (negative) image with that label. */
  public void sendLabelled(String id, boolean red) {
    send(id, png(red ? Color.RED : Color.BLUE), Map.of(ImageHeaders.LABEL, red ? "1" : "0"));
  }

  public void sendLabelled(int count) {
    for (int i = 0; i < count; i++) {
      sendLabelled("labelled-" + labelled++, i % 2 == 0);
    }
  }

  /** Asks something of a model. */
  public void command(String model, String json) {
    command(model, json.getBytes(UTF_8), Map.of());
  }

  public void command(String model, byte[] value, Map<String, String> headers) {
    commands.pipeInput(new TestRecord<>(bytes(model), value, headers(headers), START));
    settle();
  }

  /** Sends a label by itself, as bare text. */
  public void label(String imageId, String label) {
    label(imageId, label.getBytes(UTF_8), Map.of());
  }

  public void label(String key, byte[] value, Map<String, String> headers) {
    labels.pipeInput(new TestRecord<>(bytes(key), value, headers(headers), START));
    settle();
  }

  private static byte[] bytes(String text) {
    return text == null ? null : text.getBytes(UTF_8);
  }

  private static RecordHeaders headers(Map<String, String> headers) {
    var all = new RecordHeaders();
    headers.forEach((name, value) -> all.add(name, value.getBytes(UTF_8)));
    return all;
  }

  public void send(String id, byte[] file, Map<String, String> headers) {
    var all = headers(headers);
    all.add(ImageHeaders.ID, id.getBytes(UTF_8));
    images.pipeInput(new TestRecord<>(id.getBytes(UTF_8), file, all, START));
    settle();
  }

  /** Writes where only the service itself should. */
  public void sendMoved(String key, byte[] value, Map<String, String> headers) {
    inference
        .createInputTopic("test-inference-moved-images-repartition", BYTES_IN, BYTES_IN)
        .pipeInput(new TestRecord<>(bytes(key), value, headers(headers), START));
    settle();
  }

  /** Sends a record without headers. */
  public void sendBare(String key, byte[] value) {
    images.pipeInput(new TestRecord<>(bytes(key), value, START));
    settle();
  }

  public void sendServing(String model, byte[] value) {
    serving.pipeInput(model, value);
  }

  public void sendExample(String model, byte[] value) {
    examples.pipeInput(model, value);
    settle();
  }

  public void passTime(Duration duration) {
    inference.advanceWallClockTime(duration);
    learner.advanceWallClockTime(duration);
    settle();
  }

  public List<Prediction> predictions() {
    return predictions.readValuesToList().stream().map(v -> json(v, Prediction.class)).toList();
  }

  public List<TestRecord<String, byte[]>> predictionRecords() {
    return predictions.readRecordsToList();
  }

  public List<TestRecord<byte[], byte[]>> deadLetters() {
    var letters = new ArrayList<>(inferenceDeadLetters.readRecordsToList());
    letters.addAll(learnerDeadLetters.readRecordsToList());
    return letters;
  }

  public static String header(TestRecord<?, ?> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  public List<Snapshot> snapshots() {
    return snapshots.readValuesToList().stream().map(TopologyFixture::snapshot).toList();
  }

  public static Snapshot snapshot(byte[] file) {
    try {
      return SnapshotFile.read(file);
    } catch (dev.headwater.snapshot.SnapshotException e) {
      throw new AssertionError(e);
    }
  }

  public List<Evaluation> evaluations() {
    return evaluations.readValuesToList().stream().map(v -> json(v, Evaluation.class)).toList();
  }

  /** Returns what happened to models since the last call, each as its schema says. */
  public List<ModelEvent> modelEvents() {
    var records = modelEvents.readRecordsToList();
    records.forEach(r -> Schemas.assertValid("model-event.v1", new String(r.value(), UTF_8)));
    return records.stream().map(r -> json(r.value(), ModelEvent.class)).toList();
  }

  /** The same of detectors alone. */
  public List<DriftEvent> driftEvents() {
    return modelEvents().stream()
        .filter(DriftEvent.class::isInstance)
        .map(DriftEvent.class::cast)
        .toList();
  }

  /** Whether a model has taken anything. */
  public boolean exists(String model) {
    return saved(LearnerByteStores.PROGRESS).get(model) != null;
  }

  private ByteSource saved(String store) {
    return learner.<String, byte[]>getKeyValueStore(store)::get;
  }

  private ModelView view(String model) {
    var source =
        new ModelView.Source(
            saved(LearnerByteStores.PROGRESS),
            saved(LearnerByteStores.VERSIONS),
            saved(LearnerByteStores.SCORES));
    return live.view(model, source).orElseThrow();
  }

  public JsonNode progress(String model) {
    return Json.MAPPER.valueToTree(view(model).state());
  }

  /** How many inputs of a kind a model has taken; none, if there is no such model. */
  public long count(String model, String kind) {
    return exists(model) ? progress(model).get("counts").get(kind).asLong() : 0;
  }

  /** How good the model's predictions were. */
  public ScoreBook scores(String model) {
    return view(model).scores();
  }

  private static <T> T json(byte[] value, Class<T> type) {
    try {
      return Json.MAPPER.readValue(value, type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a small image of one colour. */
  public static byte[] png(Color color) {
    var image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    var graphics = image.createGraphics();
    graphics.setColor(color);
    graphics.fillRect(0, 0, 16, 16);
    graphics.dispose();
    var out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  @Override
  public void close() {
    inference.close();
    learner.close();
  }
}
