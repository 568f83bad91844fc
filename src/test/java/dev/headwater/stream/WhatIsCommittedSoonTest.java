package dev.headwater.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.backbone.Embedding;
import dev.headwater.event.ContentHash;
import dev.headwater.event.ErrorCode;
import dev.headwater.event.ImageEvent;
import dev.headwater.event.LabelEvent;
import dev.headwater.event.Prediction;
import dev.headwater.learner.model.LearnerInput;
import dev.headwater.learner.model.ModelCatalog;
import dev.headwater.stream.InferenceImage.Admitted;
import dev.headwater.stream.InferenceImage.Embedded;
import dev.headwater.stream.InferenceImage.Predicted;
import dev.headwater.stream.RouteProcessor.Routed;
import dev.headwater.stream.runtime.CommitRequester;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of images and labels is committed soon, and what may take its time. */
class WhatIsCommittedSoonTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATE = NOW.minus(CommitRequester.BACKGROUND);
  private static final Duration INTERVAL = Duration.ofMillis(100);
  private static final Origin ORIGIN = new Origin(new byte[0], new byte[0], "images", 0, 0);

  @TempDir private Path directory;

  private MockProcessorContext<byte[], InferenceOutput> context;
  private ImageMemoryStores memory;
  private List<StateStore> stores;
  private RememberProcessor remember;

  @BeforeEach
  void open() {
    var properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:9092");
    context = new MockProcessorContext<>(properties, new TaskId(0, 0), directory.toFile());
    context.setCurrentSystemTimeMs(NOW.toEpochMilli());
    CommitRequester.committed(NOW.minusSeconds(60).toEpochMilli());
    var catalog = new ModelCatalog(List.of(), true, 1);
    memory = new ImageMemoryStores(catalog, Duration.ofHours(1));
    var supplier =
        memory.<Attempt<Predicted>>supply(found -> new RememberProcessor(found, INTERVAL));
    stores = supplier.stores().stream().map(this::open).toList();
    remember = (RememberProcessor) supplier.get();
    remember.init(context);
  }

  private StateStore open(StoreBuilder<?> builder) {
    var store = builder.withLoggingDisabled().withCachingDisabled().build();
    store.init(context.getStateStoreContext(), store);
    return store;
  }

  @AfterEach
  void close() {
    stores.forEach(StateStore::close);
  }

  private boolean isCommittedSoon() {
    return context.committed();
  }

  private static Attempt<Predicted> image(Optional<Boolean> positive) {
    var event =
        new ImageEvent("image-1", "default", "default", Optional.empty(), NOW, new byte[] {1});
    var settings = new ModelCatalog(List.of(), true, 1).settings("default");
    var admitted = new Admitted(event, settings, positive, new byte[ContentHash.BYTES]);
    var prediction =
        new Prediction(
            "image-1",
            "default",
            "default",
            0.5,
            Optional.empty(),
            0.5,
            false,
            0.5,
            0,
            "backbone",
            false,
            NOW);
    var embedded = new Embedded(admitted, Embedding.wrap(new float[] {1, 2}));
    return new Attempt.Ok<>(new Predicted(embedded, prediction), ORIGIN);
  }

  private void process(Attempt<Predicted> attempt, Instant time) {
    remember.process(new Record<>("image-1".getBytes(UTF_8), attempt, time.toEpochMilli()));
  }

  @Test
  void shouldCommitSoonTheAnswerToAnImageThatHasJustCome() {
    process(image(Optional.empty()), NOW);

    assertThat(isCommittedSoon()).isTrue();
  }

  @Test
  void shouldTakeItsTimeForAnImageThatHasWaited() {
    process(image(Optional.empty()), LATE);

    assertThat(isCommittedSoon()).isFalse();
  }

  @Test
  void shouldTakeItsTimeForARefusalThatHasWaited() {
    process(
        new Attempt.Failed<>(
            new Refusal("decode", ErrorCode.IMAGE_CORRUPT, "not an image", ORIGIN)),
        LATE);

    assertThat(isCommittedSoon()).isFalse();
  }

  @Test
  void shouldCommitALabelSoonHoweverLongItHasWaited() {
    process(image(Optional.of(true)), LATE);

    assertThat(isCommittedSoon()).isTrue();
  }

  @Test
  void shouldTellTheLabelThatARepeatBringsFromTheRepeat() {
    var repeated = new InferenceOutput.ForLearner("default", new LearnerInput.Repeated());
    process(new Attempt.Settled<>(List.of(repeated)), LATE);

    assertThat(isCommittedSoon()).as("nothing but a repeat").isFalse();

    var image = ((Attempt.Ok<Predicted>) image(Optional.of(true))).value().image();
    var labelled =
        new InferenceOutput.ForLearner(
            "default", new LearnerInput.Labelled(image.observation("image-1")));
    process(new Attempt.Settled<>(List.of(repeated, labelled)), LATE);

    assertThat(isCommittedSoon()).as("with a label").isTrue();
  }

  @Test
  void shouldCommitALabelledExampleSoonHoweverLongItHasWaited() {
    var join = new LabelJoinProcessor(memory, INTERVAL);
    join.init(context);
    var label = new LabelEvent("image-1", "positive", NOW);
    join.process(
        new Record<>(
            "image-1".getBytes(UTF_8), new Attempt.Ok<>(label, ORIGIN), LATE.toEpochMilli()));

    assertThat(isCommittedSoon()).isTrue();
  }

  @Test
  void shouldCommitSoonWhatIsMovedUnlessItHasWaited() {
    var moves = new MockProcessorContext<byte[], byte[]>();
    moves.setCurrentSystemTimeMs(NOW.toEpochMilli());
    var move = new RouteToHomeProcessor<String>(INTERVAL);
    move.init(moves);
    var elsewhere = new Routed.Remote<String>("image-1", ORIGIN);
    move.process(new Record<>(new byte[0], elsewhere, LATE.toEpochMilli()));

    assertThat(moves.committed()).isFalse();

    move.process(new Record<>(new byte[0], elsewhere, NOW.toEpochMilli()));

    assertThat(moves.committed()).isTrue();
  }

  @Test
  void shouldCommitSoonWhatALabelHasWaitedFor() {
    memory
        .open(context)
        .await(
            "image-1",
            new PendingLabel("positive", ORIGIN, new RecordHeaders()),
            NOW.toEpochMilli());

    process(image(Optional.empty()), LATE);

    assertThat(isCommittedSoon()).isTrue();
  }
}
