package dev.headwater.stream;

import dev.headwater.backbone.Backbone;
import dev.headwater.backbone.BackboneId;
import dev.headwater.backbone.Embedder;
import dev.headwater.head.LearnerSettings;
import dev.headwater.image.ImageLimits;
import dev.headwater.stream.LearnerInput.Labelled;
import dev.headwater.stream.LearnerInput.Observation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/**
 * An undisturbed learner: one process that never stops makes its snapshots of the committed records
 * of {@code examples}, partition by partition, in the order and with the times that are on the log.
 *
 * <p>This is what a disturbed run is compared with, bit for bit. The log is the learner's one
 * input: what the edge knew, when instances died and when the clock asked for a flush are all
 * behind it. Two runs over the same images do not have the same log, disturbed or not: images of
 * several partitions reach {@code examples} in the order in which they were predicted, and flushes
 * follow the clock. Then the guarantee is on what was counted, not on the weights.
 *
 * <p>The settings are the service's defaults.
 */
public final class LearnerReplay {
  private static final TopicNames TOPICS = TopicNames.withDefaultPrefix();

  private LearnerReplay() {}

  /** What a record on {@code examples} says of one image: its id, and whether with its label. */
  public record Seen(String model, String imageId, boolean observed, boolean labelled) {}

  /** Returns what is said of images, in order; flushes and repetitions are left out. */
  public static List<Seen> images(List<ConsumerRecord<byte[], byte[]>> examples) {
    var seen = new ArrayList<Seen>();
    for (var found : examples) {
      var model = new StringDeserializer().deserialize(found.topic(), found.key());
      var input = read(found.value());
      if (input instanceof Observation image) {
        seen.add(new Seen(model, image.imageId(), true, image.positive().isPresent()));
      } else if (input instanceof Labelled label) {
        seen.add(new Seen(model, label.image().imageId(), false, true));
      }
    }
    return seen;
  }

  /**
   * Returns the snapshot files of each model, the oldest first.
   *
   * @param examples all committed records of the topic, each partition in order
   * @param directory for state, empty
   */
  public static Map<String, List<byte[]>> snapshots(
      List<ConsumerRecord<byte[], byte[]>> examples, Path directory) {
    var made = new HashMap<String, List<byte[]>>();
    if (examples.isEmpty()) {
      return made;
    }
    var topology = new AdaptationTopology(TOPICS, parts(examples)).learner();
    try (var driver = new TopologyTestDriver(topology, properties(directory))) {
      var bytes = new ByteArraySerializer();
      var in = driver.createInputTopic(TOPICS.examples(), new StringSerializer(), bytes);
      var out =
          driver.createOutputTopic(
              TOPICS.snapshots(), new StringDeserializer(), new ByteArrayDeserializer());
      for (var found : examples) {
        in.pipeInput(input(found));
        out.readKeyValuesToList()
            .forEach(s -> made.computeIfAbsent(s.key, m -> new ArrayList<>()).add(s.value));
        forgetChangelogs(driver);
      }
    }
    return made;
  }

  private static TestRecord<String, byte[]> input(ConsumerRecord<byte[], byte[]> found) {
    String model = new StringDeserializer().deserialize(found.topic(), found.key());
    var time = Instant.ofEpochMilli(found.timestamp());
    return new TestRecord<>(model, found.value(), found.headers(), time);
  }

  /** The driver keeps all that was written to any topic until it is read. */
  private static void forgetChangelogs(TopologyTestDriver driver) {
    for (String topic : driver.producedTopicNames()) {
      if (topic.endsWith("-changelog")) {
        var bytes = new ByteArrayDeserializer();
        driver.createOutputTopic(topic, bytes, bytes).readRecordsToList();
      }
    }
  }

  private static Properties properties(Path directory) {
    var properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "replay");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:9092");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
    properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 64L << 20);
    return properties;
  }

  private static AdaptationParts parts(List<ConsumerRecord<byte[], byte[]>> examples) {
    var backbone = new Recorded(examples);
    return new AdaptationParts(
        backbone,
        new EmbedderPool(backbone),
        new ModelCatalog(List.of(), true, 20),
        ImageLimits.DEFAULT,
        LearnerSettings.DEFAULT,
        SnapshotPolicy.DEFAULT,
        DriftReaction.ADAPT,
        Duration.ofHours(24),
        0.1,
        1,
        1 << 20);
  }

  private static LearnerInput read(byte[] value) {
    try {
      return LearnerInputCodec.read(value);
    } catch (UnreadableExampleException e) {
      throw new AssertionError("a committed example cannot be read", e);
    }
  }

  /** The backbone whose embeddings stand on the log; the learner asks it for nothing else. */
  private record Recorded(BackboneId id, int embeddingSize) implements Backbone {
    Recorded(List<ConsumerRecord<byte[], byte[]>> examples) {
      this(first(examples));
    }

    private Recorded(Observation image) {
      this(
          new BackboneId("recorded", image.backbone(), BackboneId.Quality.FULL),
          image.embedding().size());
    }

    private static Observation first(List<ConsumerRecord<byte[], byte[]>> examples) {
      return examples.stream()
          .map(found -> read(found.value()))
          .flatMap(
              input ->
                  input instanceof Observation image
                      ? Optional.of(image).stream()
                      : Optional.<Observation>empty().stream())
          .findFirst()
          .orElseThrow(() -> new AssertionError("no image among the examples"));
    }

    @Override
    public int inputSize() {
      return 224;
    }

    @Override
    public Embedder newEmbedder() {
      throw new AssertionError("a learner embeds nothing");
    }
  }
}
