package dev.headwater.stream;

import dev.headwater.backbone.Backbone;
import dev.headwater.backbone.BackboneId;
import dev.headwater.backbone.Embedder;
import dev.headwater.head.LearnerSettings;
import dev.headwater.image.ImageDecoder;
import dev.headwater.image.ImageLimits;
import dev.headwater.learner.LearnerConfiguration;
import dev.headwater.learner.LiveModels;
import dev.headwater.learner.model.DriftReaction;
import dev.headwater.learner.model.LearnerInput;
import dev.headwater.learner.model.LearnerInput.Labelled;
import dev.headwater.learner.model.LearnerInput.Observation;
import dev.headwater.learner.model.LearnerInputCodec;
import dev.headwater.learner.model.LearnerOutput.NewSnapshot;
import dev.headwater.learner.model.ModelCatalog;
import dev.headwater.learner.model.ReleaseRules;
import dev.headwater.learner.model.SnapshotPolicy;
import dev.headwater.learner.model.UnreadableExampleException;
import dev.headwater.snapshot.SnapshotFile;
import dev.headwater.stream.runtime.Partitions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * An undisturbed learner: one process that never stops makes its snapshots of the committed records
 * of {@code examples}, partition by partition, in the order and with the times that are on the log.
 *
 * <p>This is what a disturbed run is compared with, bit for bit. The log is the learner's one
 * input: what inference knew, when instances died and when the clock asked for a flush are all
 * behind it. Two runs over the same images do not have the same log, disturbed or not: images of
 * several partitions reach {@code examples} in the order in which they were predicted, and flushes
 * follow the clock. Then the guarantee is on what was counted, not on the weights.
 *
 * <p>The settings are the service's defaults.
 */
public final class LearnerReplay {
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
   * @param backbone of the service whose log it is: snapshots say which one they belong to
   * @param examples all committed records of the topic, each partition in order
   * @param directory for state, empty
   */
  public static Map<String, List<byte[]>> snapshots(
      BackboneId backbone, List<ConsumerRecord<byte[], byte[]>> examples, Path directory) {
    var made = new HashMap<String, List<byte[]>>();
    if (examples.isEmpty()) {
      return made;
    }
    var supply =
        parts(backbone, examples).learnProcessors(Duration.ofMillis(100), new LiveModels());
    var context =
        new MockProcessorContext<String, LearnRecord>(
            properties(directory), new TaskId(0, 0), directory.toFile());
    var stores = supply.stores().stream().map(builder -> open(builder, context)).toList();
    var learner = supply.get();
    learner.init(context);
    context.setCurrentSystemTimeMs(0);
    for (var found : examples) {
      context.setRecordMetadata(found.topic(), found.partition(), found.offset());
      learner.process(input(found));
      take(context, made);
    }
    learner.close();
    stores.forEach(StateStore::close);
    return made;
  }

  /** Not through a driver of the whole topology: that writes to disk after each record. */
  private static StateStore open(
      StoreBuilder<?> builder, MockProcessorContext<String, LearnRecord> context) {
    var store = builder.withLoggingDisabled().withCachingDisabled().build();
    store.init(context.getStateStoreContext(), store);
    return store;
  }

  private static void take(
      MockProcessorContext<String, LearnRecord> context, Map<String, List<byte[]>> made) {
    for (var forwarded : context.forwarded()) {
      if (forwarded.record().value() instanceof LearnRecord.Learnt learnt
          && learnt.output() instanceof NewSnapshot snapshot) {
        made.computeIfAbsent(forwarded.record().key(), model -> new ArrayList<>())
            .add(SnapshotFile.write(snapshot.snapshot()));
      }
    }
    context.resetForwards();
  }

  private static Record<String, byte[]> input(ConsumerRecord<byte[], byte[]> found) {
    String model = new StringDeserializer().deserialize(found.topic(), found.key());
    return new Record<>(model, found.value(), found.timestamp(), found.headers());
  }

  private static Properties properties(Path directory) {
    var properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "replay");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:9092");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
    return properties;
  }

  private static AdaptationParts parts(
      BackboneId id, List<ConsumerRecord<byte[], byte[]>> examples) {
    var backbone = new Recorded(id, first(examples).embedding().size());
    return new AdaptationParts(
        backbone,
        new EmbedderPool(backbone),
        new ImageDecoder(ImageLimits.DEFAULT, backbone.inputSize(), backbone.inputSize()),
        new LearnerConfiguration(
            backbone.id(),
            backbone.embeddingSize(),
            LearnerSettings.DEFAULT,
            SnapshotPolicy.DEFAULT,
            new ModelCatalog(List.of(), true, 20),
            DriftReaction.ADAPT,
            ReleaseRules.DEFAULT),
        new AdaptationParts.Labels(Duration.ofHours(24), 0.1),
        new Partitions(1, 1),
        1 << 20);
  }

  private static LearnerInput read(byte[] value) {
    try {
      return LearnerInputCodec.read(value);
    } catch (UnreadableExampleException e) {
      throw new AssertionError("a committed example cannot be read", e);
    }
  }

  private static Observation first(List<ConsumerRecord<byte[], byte[]>> examples) {
    return examples.stream()
        .map(found -> read(found.value()))
        .flatMap(LearnerReplay::observations)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no image among the examples"));
  }

  private static Stream<Observation> observations(LearnerInput input) {
    return input instanceof Observation image ? Stream.of(image) : Stream.empty();
  }

  /** The backbone whose embeddings stand on the log; the learner asks it for nothing else. */
  private record Recorded(BackboneId id, int embeddingSize) implements Backbone {
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
