package dev.headwater.stream;

import dev.headwater.event.Evaluation;
import dev.headwater.event.ImageEvent;
import dev.headwater.event.Prediction;
import dev.headwater.snapshot.SnapshotFile;
import dev.headwater.stream.EdgeImage.Admitted;
import dev.headwater.stream.EdgeImage.Decoded;
import dev.headwater.stream.EdgeImage.Embedded;
import dev.headwater.stream.EdgeImage.Predicted;
import dev.headwater.stream.LearnerOutput.FlushDue;
import dev.headwater.stream.LearnerOutput.NewEvaluation;
import dev.headwater.stream.LearnerOutput.NewSnapshot;
import dev.headwater.stream.LearnerOutput.Refused;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Branched;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;

/**
 * The data path: {@link #edge} from images to predictions, {@link #learner} from examples to
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

  AdaptationTopology(TopicNames topics, AdaptationParts parts) {
    this.topics = topics;
    this.parts = parts;
  }

  /** An image becomes a prediction, and an example for its model's learner. */
  Topology edge() {
    var builder = new StreamsBuilder();
    ServingStore.addTo(builder, topics.serving(), parts.backbone().embeddingSize());
    var edge = parts.edgeSteps();
    KStream<byte[], Attempt<ImageEvent>> events =
        builder.stream(topics.images(), Consumed.with(BYTES, BYTES).withName("images"))
            .processValues(ReadProcessor::new, Named.as("read"));
    KStream<byte[], Attempt<Admitted>> admitted = then(events, "admit", edge::admit);
    KStream<byte[], Attempt<Decoded>> decoded = then(admitted, "decode", edge::decode);
    KStream<byte[], Attempt<Embedded>> embedded = then(decoded, "embed", edge::embed);
    var outcomes =
        embedded
            .processValues(
                () -> new PredictProcessor(parts.backbone().id(), parts.catalog()),
                Named.as("predict"))
            .split(Named.as("edge-"))
            .branch((key, attempt) -> attempt instanceof Attempt.Ok, Branched.as("predicted"))
            .defaultBranch(Branched.as("refused"));
    predictions(outcomes.get("edge-predicted"));
    examples(outcomes.get("edge-predicted"));
    edgeDeadLetters(outcomes.get("edge-refused"));
    return builder.build();
  }

  /** An example is tested, then learnt; every so often the head becomes a snapshot. */
  Topology learner() {
    var builder = new StreamsBuilder();
    var learnt =
        builder.stream(topics.examples(), Consumed.with(STRING, BYTES).withName("examples"))
            .process(parts.learnProcessors(), Named.as("learn"))
            .split(Named.as("learner-"))
            .branch((model, output) -> output instanceof NewSnapshot, Branched.as("snapshots"))
            .branch((model, output) -> output instanceof NewEvaluation, Branched.as("evaluations"))
            .branch((model, output) -> output instanceof FlushDue, Branched.as("flushes"))
            .branch((model, output) -> output instanceof Refused, Branched.as("refused"))
            .noDefaultBranch();
    snapshots(learnt.get("learner-snapshots"));
    evaluations(learnt.get("learner-evaluations"));
    flushes(learnt.get("learner-flushes"));
    learnerDeadLetters(learnt.get("learner-refused"));
    return builder.build();
  }

  private static <A, B> KStream<byte[], Attempt<B>> then(
      KStream<byte[], Attempt<A>> attempts, String name, Attempt.Step<A, B> step) {
    return attempts.mapValues(attempt -> attempt.then(name, step), Named.as(name));
  }

  private void predictions(KStream<byte[], Attempt<Predicted>> predicted) {
    predicted
        .process(
            FreshRecord.of(
                (key, attempt) -> value(attempt).prediction().imageId(),
                (key, attempt) -> value(attempt).prediction()),
            Named.as("prediction-records"))
        .to(
            topics.predictions(),
            Produced.with(STRING, new JsonSerde<>(Prediction.class)).withName("predictions"));
  }

  private void examples(KStream<byte[], Attempt<Predicted>> predicted) {
    predicted
        .process(
            FreshRecord.of(
                (key, attempt) -> value(attempt).prediction().model(),
                (key, attempt) -> LearnerInputCodec.write(value(attempt).observation())),
            Named.as("example-records"))
        .to(topics.examples(), Produced.with(STRING, BYTES).withName("learner-inputs"));
  }

  private static Predicted value(Attempt<Predicted> attempt) {
    return ((Attempt.Ok<Predicted>) attempt).value();
  }

  private void edgeDeadLetters(KStream<byte[], Attempt<Predicted>> refused) {
    refused
        .process(
            () -> DeadLetters.ofAttempts(parts.largestDeadLetter()), Named.as("edge-dead-letters"))
        .to(topics.deadLetters(), Produced.with(BYTES, BYTES).withName("edge-refusals"));
  }

  private void snapshots(KStream<String, LearnerOutput> outputs) {
    var files =
        outputs.process(
            FreshRecord.of(
                (model, output) -> model,
                (model, output) -> SnapshotFile.write(((NewSnapshot) output).snapshot())),
            Named.as("snapshot-records"));
    files.to(topics.snapshots(), Produced.with(STRING, BYTES).withName("snapshots"));
    files.to(topics.serving(), Produced.with(STRING, BYTES).withName("promote"));
  }

  private void evaluations(KStream<String, LearnerOutput> outputs) {
    outputs
        .process(
            FreshRecord.of(
                (model, output) -> model, (model, output) -> ((NewEvaluation) output).evaluation()),
            Named.as("evaluation-records"))
        .to(
            topics.evaluations(),
            Produced.with(STRING, new JsonSerde<>(Evaluation.class)).withName("evaluations"));
  }

  private void flushes(KStream<String, LearnerOutput> outputs) {
    outputs
        .process(
            FreshRecord.of(
                (model, output) -> model,
                (model, output) -> LearnerInputCodec.write(((FlushDue) output).flush())),
            Named.as("flush-records"))
        .to(topics.examples(), Produced.with(STRING, BYTES).withName("flushes"));
  }

  private void learnerDeadLetters(KStream<String, LearnerOutput> refused) {
    refused
        .process(
            () -> DeadLetters.ofLearner(parts.largestDeadLetter()),
            Named.as("learner-dead-letters"))
        .to(topics.deadLetters(), Produced.with(BYTES, BYTES).withName("learner-refusals"));
  }
}
