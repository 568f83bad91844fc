package dev.headwater.stream;

import static dev.headwater.stream.TopologyFixture.RETENTION;
import static dev.headwater.stream.TopologyFixture.header;
import static dev.headwater.stream.TopologyFixture.png;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.InMemory;
import dev.headwater.backbone.Embedding;
import dev.headwater.evaluation.ScoreCard;
import dev.headwater.event.DeadLetterHeaders;
import dev.headwater.event.ImageHeaders;
import dev.headwater.event.Prediction;
import dev.headwater.head.DecisionRule.Fixed;
import dev.headwater.learner.model.LearnerInput;
import dev.headwater.learner.model.LearnerInputCodec;
import dev.headwater.learner.model.ModelCatalog;
import dev.headwater.learner.model.ModelSettings;
import dev.headwater.learner.model.ScoreBook;
import java.awt.Color;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Labels and images meet by id, in whatever order they come and however often. */
class LabelJoinTest {
  private static final byte[] RED = png(Color.RED);

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

  private long count(String name) {
    return topology.count("default", name);
  }

  private ScoreBook scores() {
    return topology.scores("default");
  }

  private static long right(ScoreCard card) {
    return Math.round(card.sums().right());
  }

  private void assertOneDeadLetter(String code) {
    assertThat(topology.deadLetters())
        .singleElement()
        .satisfies(letter -> assertThat(header(letter, DeadLetterHeaders.CODE)).isEqualTo(code));
  }

  @Test
  void shouldLearnALabelThatComesAfterItsImage() {
    topology.send("a", RED, Map.of());
    assertThat(count("examples")).isZero();
    topology.label("a", "1");
    assertThat(count("examples")).isEqualTo(1);
    assertThat(count("predictions")).isEqualTo(1);
  }

  @Test
  void shouldLearnALabelThatComesBeforeItsImage() {
    topology.label("a", "positive");
    topology.send("a", RED, Map.of());
    assertThat(count("examples")).isEqualTo(1);
    topology.passTime(RETENTION.plusSeconds(2));
    assertThat(topology.deadLetters()).isEmpty();
  }

  private void retryLabel(String imageId, String label) {
    topology.label(imageId, label.getBytes(UTF_8), Map.of(DeadLetterHeaders.RETRIED, "true"));
  }

  @Test
  void shouldNotLetALabelThatIsSentAgainUndoANewerOne() {
    topology.send("a", RED, Map.of());
    topology.label("a", "1");
    retryLabel("a", "0");
    assertThat(count("corrections")).isZero();

    topology.label("b", "1");
    retryLabel("b", "0");
    topology.send("b", RED, Map.of());
    topology.label("b", "1");
    assertThat(count("corrections")).as("the label that waited was the newer one").isZero();
    assertThat(count("examples")).isEqualTo(2);
  }

  @Test
  void shouldLearnALabelThatIsSentAgainWhereThereIsNoOther() {
    topology.send("a", RED, Map.of());
    retryLabel("a", "1");
    retryLabel("a", "1");
    assertThat(count("examples")).isEqualTo(1);
    retryLabel("b", "1");
    topology.send("b", RED, Map.of());
    assertThat(count("examples")).isEqualTo(2);
    assertThat(count("corrections")).isZero();
  }

  @Test
  void shouldTakeTheNewestOfTheLabelsThatWait() {
    topology.label("a", "0");
    topology.label("a", "1");
    topology.send("a", RED, Map.of());
    assertThat(count("examples")).isEqualTo(1);
    assertThat(count("corrections")).isZero();
    topology.label("a", "1");
    assertThat(count("corrections")).as("after the same label again").isZero();
  }

  @Test
  void shouldCountTheScoreForTheVersionThatPredicted() {
    topology.sendLabelled(2);
    topology.send("early", RED, Map.of());
    topology.sendLabelled(62);
    int now = topology.progress("default").get("version").asInt();
    assertThat(now).isGreaterThan(3);
    long before = scores().version(1).examples();
    topology.label("early", "1");
    assertThat(scores().version(1).examples()).isEqualTo(before + 1);
  }

  @Test
  void shouldNotScoreAnUntrainedHeadByALateLabel() {
    topology.send("a", RED, Map.of());
    topology.sendLabelled(8);
    long before = scores().served().examples();
    topology.label("a", "1");
    assertThat(scores().served().examples()).isEqualTo(before);
    assertThat(count("examples")).isEqualTo(9);
  }

  @Test
  void shouldCorrectTheEvaluationWhenALabelChangesItsMind() {
    topology.sendLabelled(40);
    topology.send("a", RED, Map.of(ImageHeaders.LABEL, "0", ImageHeaders.DOMAIN, "d"));
    assertThat(right(scores().domain("d"))).as("right by the wrong label").isZero();
    var trained = scores().trained();
    long served = right(scores().served());
    topology.label("a", "1");
    assertThat(right(scores().domain("d"))).isEqualTo(1);
    assertThat(right(scores().trained())).isEqualTo(right(trained) + 1);
    assertThat(right(scores().served())).isEqualTo(served + 1);
    assertThat(scores().trained().recent())
        .isEqualTo(trained.recent().relabelled(0, true))
        .isNotEqualTo(trained.recent());
    assertThat(count("examples")).isEqualTo(41);
    assertThat(count("corrections")).isEqualTo(1);
    topology.label("a", "0");
    assertThat(right(scores().trained())).isEqualTo(right(trained));
    assertThat(scores().trained().recent()).isEqualTo(trained.recent());
    assertThat(count("corrections")).isEqualTo(2);
  }

  @Test
  void shouldMakeASnapshotOfWhatACorrectionTaught() {
    topology.sendLabelled(16);
    topology.snapshots();
    topology.label("labelled-3", "1");
    topology.passTime(Duration.ofSeconds(1));
    topology.passTime(TopologyFixture.SNAPSHOT_INTERVAL.plusSeconds(1));
    assertThat(topology.snapshots()).hasSize(1);
  }

  @Test
  void shouldNeitherPredictNorLearnAnImageAgain() {
    topology.sendLabelled("a", true);
    topology.sendLabelled("a", true);
    topology.send("a", RED, Map.of());
    assertThat(topology.predictions()).extracting(Prediction::imageId).containsExactly("a");
    assertThat(count("examples")).isEqualTo(1);
    assertThat(count("predictions")).isEqualTo(1);
    assertThat(count("repeated")).isEqualTo(2);
  }

  @Test
  void shouldTakeTheLabelThatARepeatedImageBrings() {
    topology.send("a", RED, Map.of());
    topology.send("a", RED, Map.of(ImageHeaders.LABEL, "1"));
    assertThat(count("examples")).isEqualTo(1);
    topology.send("a", RED, Map.of(ImageHeaders.LABEL, "0"));
    assertThat(count("corrections")).as("by a retry").isZero();
    assertThat(topology.predictions()).hasSize(1);
  }

  @Test
  void shouldNotLetARetryUndoACorrection() {
    topology.sendLabelled("a", true);
    topology.label("a", "0");
    topology.sendLabelled("a", true);
    assertThat(count("corrections")).isEqualTo(1);
    topology.label("a", "0");
    assertThat(count("corrections")).as("the same again").isEqualTo(1);
  }

  @Test
  void shouldPreferTheImagesOwnLabelToOneThatCameEarlier() {
    topology.label("a", "0");
    topology.sendLabelled("a", true);
    assertThat(count("examples")).isEqualTo(1);
    assertThat(count("corrections")).isZero();
    topology.label("a", "1");
    assertThat(count("corrections")).isZero();
  }

  @Test
  void shouldJudgeWhatWasPublishedWhateverTheThresholdIsNow() {
    topology.sendExample("default", LearnerInputCodec.write(publishedAsPositive(true)));
    assertThat(right(scores().served())).isEqualTo(1);
    var turned = new LearnerInput.Corrected(publishedAsPositive(false));
    topology.sendExample("default", LearnerInputCodec.write(turned));
    assertThat(right(scores().served())).isZero();
    assertThat(scores().served().examples()).isEqualTo(1);
    assertThat(scores().version(3).accuracy()).contains(0.0);
    assertThat(scores().version(3).window().brier()).isPresent();
  }

  /** With a probability that by today's threshold of 0.5 would be negative. */
  private static LearnerInput.Observation publishedAsPositive(boolean label) {
    return new LearnerInput.Observation(
        "a",
        "d",
        "ab".repeat(32),
        Embedding.copyOf(new float[4]),
        Optional.of(label),
        0.3,
        3,
        Optional.of(true));
  }

  @Test
  void shouldKnowAnImageAgainInAnotherForm() {
    topology.send("a", RED, Map.of());
    String json =
        "{\"id\": \"a\", \"image\": \"%s\"}".formatted(Base64.getEncoder().encodeToString(RED));
    topology.sendBare(null, json.getBytes(UTF_8));
    assertThat(topology.deadLetters()).isEmpty();
    assertThat(count("repeated")).isEqualTo(1);
  }

  @Test
  void shouldRefuseOtherBytesUnderTheSameId() {
    topology.send("a", RED, Map.of());
    topology.send("a", png(Color.BLUE), Map.of());
    assertOneDeadLetter("ID_REUSED");
    assertThat(topology.predictions()).hasSize(1);
  }

  @Test
  void shouldRefuseTheSameIdForAnotherModel() {
    topology.send("a", RED, Map.of());
    topology.send("a", RED, Map.of(ImageHeaders.MODEL, "other"));
    assertOneDeadLetter("ID_REUSED");
  }

  @Test
  void shouldNotRememberAnImageThatWasRefused() {
    topology.send("a", "no image".getBytes(UTF_8), Map.of());
    topology.send("a", RED, Map.of());
    assertOneDeadLetter("IMAGE_FORMAT_UNKNOWN");
    assertThat(topology.predictions()).hasSize(1);
  }

  @Test
  void shouldForgetAnImageAfterTheRetention() {
    topology.send("a", RED, Map.of());
    topology.passTime(RETENTION.minusMillis(1));
    topology.send("a", RED, Map.of());
    assertThat(count("repeated")).isEqualTo(1);
    topology.passTime(Duration.ofMillis(1));
    topology.send("a", RED, Map.of());
    assertThat(topology.predictions()).hasSize(2);
  }

  @Test
  void shouldRefuseALabelWhoseImageDoesNotComeWithinTheRetention() {
    topology.label("a", "{\"label\": 1}".getBytes(UTF_8), Map.of("trace", "t1"));
    topology.passTime(RETENTION.minusSeconds(2));
    assertThat(topology.deadLetters()).isEmpty();
    topology.passTime(Duration.ofSeconds(3));
    assertThat(topology.deadLetters())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(header(letter, DeadLetterHeaders.CODE)).isEqualTo("LABEL_WITHOUT_IMAGE");
              assertThat(header(letter, DeadLetterHeaders.STEP)).isEqualTo("join");
              assertThat(header(letter, DeadLetterHeaders.TOPIC)).isEqualTo("headwater.labels");
              assertThat(header(letter, DeadLetterHeaders.OFFSET)).isEqualTo("0");
              assertThat(header(letter, "trace")).isEqualTo("t1");
              assertThat(letter.key()).asString(UTF_8).isEqualTo("a");
              assertThat(letter.value()).asString(UTF_8).isEqualTo("{\"label\": 1}");
            });
  }

  @Test
  void shouldRefuseALabelThatIsNoClassOfTheImagesModelWheneverItComes() {
    topology.label("a", "perhaps");
    topology.send("a", RED, Map.of());
    topology.label("a", "perhaps");
    assertThat(topology.deadLetters())
        .hasSize(2)
        .allSatisfy(
            l -> {
              assertThat(header(l, DeadLetterHeaders.CODE)).isEqualTo("LABEL_UNKNOWN");
              assertThat(header(l, DeadLetterHeaders.TOPIC)).isEqualTo("headwater.labels");
              assertThat(l.value()).asString(UTF_8).isEqualTo("perhaps");
            });
    assertThat(count("examples")).isZero();
  }

  @Test
  void shouldRefuseALabelThatIsNone() {
    topology.label("a", "{".getBytes(UTF_8), Map.of());
    assertOneDeadLetter("EVENT_MALFORMED");
  }

  @Test
  void shouldReadLabelsByTheClassNamesOfTheImagesModel() {
    topology.close();
    var animals = new ModelSettings("animals", "cat", "dog", new Fixed(0.5));
    topology =
        new TopologyFixture(
            directory.resolve("named"),
            new FakeBackbone(),
            new ModelCatalog(List.of(animals), true, 3));
    topology.send("a", RED, Map.of(ImageHeaders.MODEL, "animals"));
    topology.label("a", "dog");
    assertThat(topology.count("animals", "examples")).isEqualTo(1);
  }
}
