package dev.headwater.stream;

import dev.headwater.event.Evaluation;
import dev.headwater.event.ImageEvent;
import dev.headwater.event.ImageEventReader;
import dev.headwater.event.LabelEvent;
import dev.headwater.event.LabelEventReader;
import dev.headwater.event.ModelEvent;
import dev.headwater.event.ModelRequest;
import dev.headwater.event.ModelRequestReader;
import dev.headwater.event.Prediction;
import dev.headwater.learner.LiveModels;
import dev.headwater.learner.model.LearnerInput.Requested;
import dev.headwater.learner.model.LearnerInputCodec;
import dev.headwater.learner.model.LearnerOutput;
import dev.headwater.learner.model.LearnerOutput.NewEvaluation;
import dev.headwater.learner.model.LearnerOutput.NewEvent;
import dev.headwater.learner.model.LearnerOutput.NewSnapshot;
import dev.headwater.learner.model.LearnerOutput.Promoted;
import dev.headwater.stream.InferenceImage.Admitted;
import dev.headwater.stream.InferenceImage.Decoded;
import dev.headwater.stream.InferenceImage.Embedded;
import dev.headwater.stream.InferenceOutput.ForLearner;
import dev.headwater.stream.InferenceOutput.NewPrediction;
import dev.headwater.stream.LearnRecord.FlushDue;
import dev.headwater.stream.LearnRecord.Learnt;
import dev.headwater.stream.RouteProcessor.Routed;
import dev.headwater.topics.TopicNames;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Branched;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;

/**
 * The data path: {@link #inference} from images to predictions, {@link #learner} from examples to
 * snapshots. Each reads top to bottom like the picture in docs/architecture.md.
 *
 * <p>They are two applications with threads of their own: within one, Kafka Streams would give
 * every task the same number of turns, and a flood of images would hold learning up
 * (docs/adr/0002).
 */
final class AdaptationTopology {
  private static final Serde<String> STRING = Serdes.String();
  private static final Serde<byte[]> BYTES = Serdes.ByteArray();

  private final TopicNames topics;
  private final AdaptationParts parts;
  private final Duration commitInterval;
  private final LiveModels live;

  /**
   * @param commitInterval how long the outputs for a record wait until they can be read
   * @param live lists the models that learn here
   */
  AdaptationTopology(
      TopicNames topics, AdaptationParts parts, Duration commitInterval, LiveModels live) {
    this.topics = topics;
    this.parts = parts;
    this.commitInterval = commitInterval;
    this.live = live;
  }

  /** An image becomes a prediction, and with its label an example for its model's learner. */
  Topology inference() {
    var builder = new StreamsBuilder();
    ServedHeadStore.addTo(builder, topics.serving(), parts.backbone().embeddingSize());
    var inference = parts.inferenceSteps();
    var memory = parts.imageMemory();
    KStream<byte[], Attempt<ImageEvent>> events =
        atHome(builder, topics.images(), "image", ImageEventReader::read, ImageEvent::id);
    KStream<byte[], Attempt<LabelEvent>> labels =
        atHome(builder, topics.labels(), "label", LabelEventReader::read, LabelEvent::imageId);
    KStream<byte[], Attempt<Admitted>> admitted = then(events, "admit", inference::admit);
    KStream<byte[], Attempt<Admitted>> fresh =
        admitted.processValues(
            memory.supplyValues(DeduplicateProcessor::new), Named.as("deduplicate"));
    KStream<byte[], Attempt<Decoded>> decoded = then(fresh, "decode", inference::decode);
    KStream<byte[], Attempt<Embedded>> embedded = then(decoded, "embed", inference::embed);
    var outcomes =
        embedded
            .processValues(parts.predictProcessors(), Named.as("predict"))
            .process(
                memory.supply(stores -> new RememberProcessor(stores, commitInterval)),
                Named.as("remember"))
            .merge(
                labels.process(
                    memory.supply(stores -> new LabelJoinProcessor(stores, commitInterval)),
                    Named.as("join")))
            .split(Named.as("inference-"))
            .branch((key, output) -> output instanceof NewPrediction, Branched.as("predictions"))
            .branch((key, output) -> output instanceof ForLearner, Branched.as("examples"))
            .branch(
                (key, output) -> output instanceof InferenceOutput.Refused, Branched.as("refused"))
            .noDefaultBranch();
    publishInference(outcomes);
    return builder.build();
  }

  /**
   * An example is tested, then learned; every so often the head becomes a snapshot. Commands about
   * a model are put in order among its examples.
   */
  Topology learner() {
    var builder = new StreamsBuilder();
    commands(builder);
    var learnt =
        builder.stream(topics.examples(), Consumed.with(STRING, BYTES).withName("examples"))
            .process(parts.learnProcessors(commitInterval, live), Named.as("learn"))
            .split(Named.as("learn-"))
            .branch((model, record) -> record instanceof Learnt, Branched.as("outputs"))
            .branch((model, record) -> record instanceof FlushDue, Branched.as("flushes"))
            .branch(
                (model, record) -> record instanceof LearnRecord.Refused, Branched.as("refused"))
            .noDefaultBranch();
    var outputs =
        learnt
            .get("learn-outputs")
            .mapValues(record -> ((Learnt) record).output(), Named.as("learner-outputs"))
            .split(Named.as("learner-"))
            .branch((model, output) -> output instanceof NewSnapshot, Branched.as("snapshots"))
            .branch((model, output) -> output instanceof Promoted, Branched.as("promoted"))
            .branch((model, output) -> output instanceof NewEvaluation, Branched.as("evaluations"))
            .branch((model, output) -> output instanceof NewEvent, Branched.as("events"))
            .noDefaultBranch();
    publishLearner(outputs);
    publish(
        learnt.get("learn-flushes"),
        "flushes",
        topics.examples(),
        BYTES,
        (model, record) -> model,
        record -> LearnerInputCodec.write(((FlushDue) record).flush()));
    deadLetters(
        learnt.get("learn-refused"), "learner", record -> ((LearnRecord.Refused) record).refusal());
    return builder.build();
  }

  /** Reads commands about models, and puts them in order among their inputs. */
  private void commands(StreamsBuilder builder) {
    var commands = new RecordReader<>("read-command", ModelRequestReader::read);
    var read =
        builder.stream(topics.commands(), Consumed.with(BYTES, BYTES).withName("commands"))
            .processValues(
                () -> new ReadProcessor<>(commands, commitInterval), Named.as("read-command"))
            .split(Named.as("commands-"))
            .branch((key, attempt) -> attempt instanceof Attempt.Ok, Branched.as("read"))
            .defaultBranch(Branched.as("refused"));
    publish(
        read.get("commands-read"),
        "commands-in-order",
        topics.examples(),
        BYTES,
        (key, attempt) -> request(attempt).model(),
        attempt -> LearnerInputCodec.write(new Requested(request(attempt))));
    deadLetters(
        read.get("commands-refused"),
        "command",
        attempt -> ((Attempt.Failed<ModelRequest>) attempt).refusal());
  }

  private static ModelRequest request(Attempt<ModelRequest> attempt) {
    return ((Attempt.Ok<ModelRequest>) attempt).value();
  }

  /**
   * Reads a topic of events, and repartitions those that a producer has not sent to the {@link
   * HomePartition} of their image.
   */
  private <E> KStream<byte[], Attempt<E>> atHome(
      StreamsBuilder builder,
      String topic,
      String what,
      RecordReader.Parser<E> parser,
      Function<E, String> imageId) {
    var home = parts.home();
    var reader = new RecordReader<>("read-" + what, parser);
    var routed =
        builder.stream(topic, Consumed.with(BYTES, BYTES).withName(what + "s"))
            .processValues(
                () -> new RouteProcessor<>(reader, imageId, home, parts.largestRecord()),
                Named.as(reader.step()))
            .split(Named.as(what + "s-"))
            .branch((key, event) -> event instanceof Routed.Local, Branched.as("local"))
            .defaultBranch(Branched.as("remote"));
    var moved =
        routed
            .get(what + "s-remote")
            .process(() -> new RouteToHomeProcessor<>(commitInterval), Named.as("move-" + what))
            .repartition(
                Repartitioned.with(BYTES, BYTES)
                    .withName("moved-" + what + "s")
                    .withNumberOfPartitions(home.partitions())
                    .withStreamPartitioner(
                        (to, id, value, count) -> Optional.of(Set.of(home.of(id)))))
            .processValues(
                () -> new RoutedRecordProcessor<>(reader), Named.as("read-moved-" + what));
    return routed
        .get(what + "s-local")
        .mapValues(event -> ((Routed.Local<E>) event).attempt(), Named.as(what + "s-at-home"))
        .merge(moved, Named.as("all-" + what + "s"));
  }

  private static <A, B> KStream<byte[], Attempt<B>> then(
      KStream<byte[], Attempt<A>> attempts, String name, Attempt.Step<A, B> step) {
    return attempts.mapValues(attempt -> attempt.then(name, step), Named.as(name));
  }

  private void publishInference(Map<String, KStream<byte[], InferenceOutput>> outputs) {
    publish(
        outputs.get("inference-predictions"),
        "predictions",
        topics.predictions(),
        new JsonSerde<>(Prediction.class),
        (key, output) -> ((NewPrediction) output).prediction().imageId(),
        output -> ((NewPrediction) output).prediction());
    publish(
        outputs.get("inference-examples"),
        "learner-inputs",
        topics.examples(),
        BYTES,
        (key, output) -> ((ForLearner) output).model(),
        output -> LearnerInputCodec.write(((ForLearner) output).input()));
    deadLetters(
        outputs.get("inference-refused"),
        "inference",
        output -> ((InferenceOutput.Refused) output).refusal());
  }

  private void publishLearner(Map<String, KStream<String, LearnerOutput>> outputs) {
    publish(
        outputs.get("learner-snapshots"),
        "snapshots",
        topics.snapshots(),
        BYTES,
        (model, output) -> model,
        output -> ((NewSnapshot) output).file());
    publish(
        outputs.get("learner-promoted"),
        "promote",
        topics.serving(),
        BYTES,
        (model, output) -> model,
        output -> ((Promoted) output).file());
    publish(
        outputs.get("learner-evaluations"),
        "evaluations",
        topics.evaluations(),
        new JsonSerde<>(Evaluation.class),
        (model, output) -> model,
        output -> ((NewEvaluation) output).evaluation());
    publish(
        outputs.get("learner-events"),
        "model-events",
        topics.modelEvents(),
        new JsonSerde<>(ModelEvent.class),
        (model, output) -> model,
        output -> ((NewEvent) output).event());
  }

  private static <K, V, W> void publish(
      KStream<K, V> outputs,
      String what,
      String topic,
      Serde<W> serde,
      BiFunction<K, V, String> key,
      Function<V, W> value) {
    outputs
        .process(
            RekeyProcessor.of(key, (any, output) -> value.apply(output)),
            Named.as(what + "-records"))
        .to(topic, Produced.with(STRING, serde).withName(what));
  }

  private <K, V> void deadLetters(
      KStream<K, V> refused, String what, Function<V, Refusal> refusal) {
    refused
        .process(
            () -> DeadLetterProcessor.of(refusal, parts.largestRefused()),
            Named.as(what + "-dead-letters"))
        .to(topics.deadLetters(), Produced.with(BYTES, BYTES).withName(what + "-refusals"));
  }
}
