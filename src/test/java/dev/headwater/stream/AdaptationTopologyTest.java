package dev.headwater.stream;

import static dev.headwater.stream.TopologyFixture.header;
import static dev.headwater.stream.TopologyFixture.png;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.InMemory;
import dev.headwater.event.DeadLetterHeaders;
import dev.headwater.event.ImageHeaders;
import dev.headwater.event.Prediction;
import dev.headwater.learner.model.LearnerInput;
import dev.headwater.learner.model.LearnerInputCodec;
import dev.headwater.learner.model.ModelCatalog;
import dev.headwater.snapshot.Snapshot;
import java.awt.Color;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdaptationTopologyTest {
  @TempDir(factory = InMemory.class)
  Path directory;

  TopologyFixture topology;

  @BeforeEach
  void start() {
    topology = new TopologyFixture(directory);
  }

  @AfterEach
  void stop() {
    topology.close();
  }

  @Test
  void shouldSayThatNothingHasBeenLearntBeforeTheFirstSnapshot() {
    topology.send("a", png(Color.RED), Map.of(ImageHeaders.DOMAIN, "studio"));
    assertThat(topology.predictions())
        .singleElement()
        .satisfies(
            p -> {
              assertThat(p.imageId()).isEqualTo("a");
              assertThat(p.model()).isEqualTo("default");
              assertThat(p.domain()).isEqualTo("studio");
              assertThat(p.snapshotVersion()).isZero();
              assertThat(p.probability()).isEqualTo(0.5);
              assertThat(p.predictedClass()).isEmpty();
            });
  }

  @Test
  void shouldServeANewSnapshotFromTheNextImageOn() {
    topology.sendLabelled(2);
    topology.predictions();
    topology.send("next", png(Color.RED), Map.of());
    assertThat(topology.predictions())
        .singleElement()
        .satisfies(p -> assertThat(p.snapshotVersion()).isEqualTo(1))
        .satisfies(p -> assertThat(p.predictedClass()).isPresent());
  }

  @Test
  void shouldLearnToTellTheClassesApart() {
    topology.sendLabelled(400);
    topology.predictions();
    topology.send("red", png(Color.RED), Map.of());
    topology.send("blue", png(Color.BLUE), Map.of());
    assertThat(topology.predictions())
        .extracting(p -> p.predictedClass().orElseThrow())
        .containsExactly("positive", "negative");
  }

  @Test
  void shouldMakeSnapshotsAsExamplesDoubleAndThenEverySoMany() {
    topology.sendLabelled(64);
    assertThat(topology.snapshots())
        .extracting(Snapshot::version, Snapshot::parent, Snapshot::examples)
        .startsWith(
            org.assertj.core.groups.Tuple.tuple(1L, 0L, 2L),
            org.assertj.core.groups.Tuple.tuple(2L, 1L, 4L),
            org.assertj.core.groups.Tuple.tuple(3L, 2L, 8L),
            org.assertj.core.groups.Tuple.tuple(4L, 3L, 16L),
            org.assertj.core.groups.Tuple.tuple(5L, 4L, 32L),
            org.assertj.core.groups.Tuple.tuple(6L, 5L, 48L),
            org.assertj.core.groups.Tuple.tuple(7L, 6L, 64L))
        .hasSize(7);
  }

  @Test
  void shouldPredictWhatTheNamedSnapshotComputes() {
    topology.sendLabelled(40);
    topology.predictions();
    var head = topology.snapshots().get(5 - 1).head();
    topology.send("red", png(Color.RED), Map.of());
    Prediction prediction = topology.predictions().get(0);
    assertThat(prediction.snapshotVersion()).isEqualTo(5);
    var embedding = dev.headwater.backbone.Embedding.copyOf(new float[] {1, 0, 0, 1 / 3f});
    assertThat(prediction.probability()).isCloseTo(head.probability(embedding), within(1e-6));
  }

  @Test
  void shouldFlushAPartialMiniBatchOnceAndThroughTheLog() {
    topology.sendLabelled(3);
    assertThat(topology.snapshots()).hasSize(1);
    for (int second = 0; second < 30; second++) {
      topology.passTime(Duration.ofSeconds(1));
    }
    assertThat(topology.snapshots())
        .singleElement()
        .satisfies(s -> assertThat(s.examples()).isEqualTo(3));
  }

  @Test
  void shouldIgnoreAFlushThatASnapshotHasOvertaken() {
    topology.sendLabelled(8);
    topology.snapshots();
    topology.sendExample("default", LearnerInputCodec.write(new LearnerInput.Flush(5)));
    assertThat(topology.snapshots()).isEmpty();
  }

  @Test
  void shouldCountPredictionsExamplesAndDomains() {
    topology.sendLabelled(10);
    topology.send(
        "x", png(Color.RED), Map.of(ImageHeaders.LABEL, "true", ImageHeaders.DOMAIN, "y"));
    topology.send("z", png(Color.RED), Map.of());
    var progress = topology.progress("default");
    assertThat(progress.get("counts").get("examples").asInt()).isEqualTo(11);
    assertThat(progress.get("counts").get("predictions").asInt()).isEqualTo(12);
    assertThat(topology.scores("default").domain("y").examples()).isEqualTo(1);
    assertThat(topology.scores("default").served().examples()).isEqualTo(9);
  }

  @Test
  void shouldPublishAnEvaluationWithEachSnapshot() {
    topology.sendLabelled(16);
    var evaluations = topology.evaluations();
    assertThat(evaluations).extracting(e -> e.version()).containsExactly(1L, 2L, 3L, 4L);
    var newest = evaluations.get(3);
    assertThat(newest.trained().overall().examples()).isEqualTo(16);
    assertThat(newest.trained().window().accuracy()).isEqualTo(newest.windowAccuracy());
    assertThat(newest.trained().fading().brier()).isPresent();
    assertThat(newest.served().overall().accuracy()).isEqualTo(newest.servedAccuracy());
    assertThat(newest.domains().get("default").metrics()).isEqualTo(newest.trained());
    assertThat(newest.servedVersions().get(1L).metrics().window().auc()).isPresent();
  }

  @Test
  void shouldAskForLabelsWithinTheBudgetAndForNoneThatItHas() {
    topology.sendLabelled(20);
    assertThat(topology.predictions()).noneMatch(Prediction::needsLabel);
    for (int n = 0; n < 200; n++) {
      topology.send("unlabelled-" + n, png(n % 3 == 0 ? Color.RED : Color.BLUE), Map.of());
    }
    var predictions = topology.predictions();
    assertThat(predictions.stream().filter(Prediction::needsLabel).count())
        .as("of 200 at a budget of a tenth")
        .isBetween(15L, 20L);
    assertThat(predictions)
        .allSatisfy(
            p ->
                assertThat(p.uncertainty())
                    .isEqualTo(
                        p.predictedClass().orElseThrow().equals("positive")
                            ? 1 - p.probability()
                            : p.probability()));
  }

  @Test
  void shouldAskForTheFirstLabelsAtOnce() {
    for (int n = 0; n < 20; n++) {
      topology.send("new-" + n, png(Color.RED), Map.of());
    }
    var asked = topology.predictions().stream().map(Prediction::needsLabel).toList();
    assertThat(asked.subList(0, 12)).containsOnly(true);
    assertThat(asked.subList(12, 20).stream().filter(one -> one).count())
        .as("of 8 more, as the loan is paid back")
        .isLessThanOrEqualTo(1);
  }

  @Test
  void shouldNotLeakALabelIntoTheHeadersOfItsPrediction() {
    topology.sendLabelled("a", true);
    assertThat(topology.predictionRecords())
        .singleElement()
        .satisfies(r -> assertThat(r.headers().toArray()).isEmpty());
  }

  @Test
  void shouldTakePlainJson() {
    String image = Base64.getEncoder().encodeToString(png(Color.RED));
    topology.sendBare(
        null,
        "{\"id\":\"j\",\"domain\":\"d\",\"label\":true,\"image\":\"%s\"}"
            .formatted(image)
            .getBytes(UTF_8));
    assertThat(topology.predictions()).extracting(Prediction::imageId).containsExactly("j");
    assertThat(topology.count("default", "examples")).isEqualTo(1);
  }

  @Test
  void shouldNameABareImageByItsKeyOrPosition() {
    topology.sendBare("k", png(Color.RED));
    topology.sendBare(null, png(Color.RED));
    assertThat(topology.predictions())
        .extracting(Prediction::imageId)
        .containsExactly("k", "headwater.images-0-1");
  }

  @Test
  void shouldKeepADeadLetterAsItCameAndSayWhy() {
    topology.send("bad", "hello".getBytes(UTF_8), Map.of("trace", "t1"));
    topology.send("good", png(Color.RED), Map.of());
    assertThat(topology.deadLetters())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.key()).asString(UTF_8).isEqualTo("bad");
              assertThat(letter.value()).asString(UTF_8).isEqualTo("hello");
              assertThat(header(letter, "trace")).isEqualTo("t1");
              assertThat(header(letter, DeadLetterHeaders.CODE)).isEqualTo("IMAGE_FORMAT_UNKNOWN");
              assertThat(header(letter, DeadLetterHeaders.STEP)).isEqualTo("decode");
              assertThat(header(letter, DeadLetterHeaders.TOPIC)).isEqualTo("headwater.images");
              assertThat(header(letter, DeadLetterHeaders.OFFSET)).isEqualTo("0");
            });
    assertThat(topology.predictions()).extracting(Prediction::imageId).containsExactly("good");
  }

  @Test
  void shouldSendOnlyTheHashOfAValueTooLargeForTheDeadLetterTopic() {
    topology.send("big", new byte[TopologyFixture.LARGEST_DEAD_LETTER], Map.of());
    assertThat(topology.deadLetters())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.value()).isNull();
              assertThat(header(letter, DeadLetterHeaders.BYTES)).isEqualTo("100000");
              assertThat(header(letter, DeadLetterHeaders.SHA256)).hasSize(64);
            });
  }

  @Test
  void shouldGiveEachKindOfGarbageItsOwnCode() {
    topology.sendBare("text", "hello".getBytes(UTF_8));
    topology.sendBare("none", new byte[0]);
    byte[] png = png(Color.RED);
    topology.sendBare("half", java.util.Arrays.copyOf(png, png.length / 2));
    topology.sendBare("json", "{\"id\":\"a\"}".getBytes(UTF_8));
    topology.sendBare("broken", "{\"id\":".getBytes(UTF_8));
    topology.send("label", png, Map.of(ImageHeaders.LABEL, "perhaps"));
    topology.send("model", png, Map.of(ImageHeaders.MODEL, "a/b"));
    assertThat(topology.deadLetters())
        .extracting(letter -> header(letter, DeadLetterHeaders.CODE))
        .containsExactly(
            "IMAGE_FORMAT_UNKNOWN",
            "EVENT_EMPTY",
            "IMAGE_TRUNCATED",
            "EVENT_WITHOUT_IMAGE",
            "EVENT_MALFORMED",
            "LABEL_UNKNOWN",
            "EVENT_FIELD_INVALID");
  }

  @Test
  void shouldLimitHowManyModelsEventsCreate() {
    for (String model : List.of("a", "b", "c", "d")) {
      topology.send(model, png(Color.RED), Map.of(ImageHeaders.MODEL, model));
    }
    assertThat(topology.predictions()).extracting(Prediction::model).containsExactly("a", "b", "c");
    assertThat(topology.deadLetters())
        .singleElement()
        .satisfies(l -> assertThat(header(l, DeadLetterHeaders.CODE)).isEqualTo("MODEL_LIMIT"));
  }

  @Test
  void shouldPassOverAnUnreadableHeadAndKeepTheOneBefore() {
    topology.sendLabelled(4);
    topology.predictions();
    topology.sendServing("default", "not a head".getBytes(UTF_8));
    topology.send("next", png(Color.RED), Map.of());
    assertThat(topology.predictions()).extracting(Prediction::snapshotVersion).containsExactly(2L);
  }

  @Test
  void shouldNotApplyAHeadToAnotherBackbonesEmbeddings() {
    topology.sendLabelled(4);
    topology.close();
    topology =
        new TopologyFixture(
            directory.resolve("other"),
            new FakeBackbone("cd".repeat(32)),
            new ModelCatalog(List.of(), true, 3));
    topology.sendServing("default", fileOfBackbone("ab".repeat(32)));
    topology.send("next", png(Color.RED), Map.of());
    assertThat(topology.predictions()).isEmpty();
    assertThat(topology.deadLetters())
        .singleElement()
        .satisfies(
            l -> assertThat(header(l, DeadLetterHeaders.CODE)).isEqualTo("BACKBONE_MISMATCH"));
  }

  private static byte[] fileOfBackbone(String fingerprint) {
    return dev.headwater.snapshot.SnapshotFile.write(
        new Snapshot(
            "default",
            1,
            0,
            fingerprint,
            false,
            List.of("n", "p"),
            0.5,
            4,
            java.util.Optional.empty(),
            java.util.Optional.empty(),
            TopologyFixture.START,
            "test",
            dev.headwater.head.DenseHead.initial(4, 1)));
  }

  @Test
  void shouldRefuseAnUnreadableExample() {
    topology.sendExample("default", new byte[] {9, 9});
    assertThat(topology.deadLetters())
        .singleElement()
        .satisfies(l -> assertThat(header(l, DeadLetterHeaders.STEP)).isEqualTo("learn"));
  }
}
