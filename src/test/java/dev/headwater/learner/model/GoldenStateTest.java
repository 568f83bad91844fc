package dev.headwater.learner.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.backbone.Embedding;
import dev.headwater.evaluation.Judgement;
import dev.headwater.evaluation.Outcome;
import dev.headwater.evaluation.Outcome.Published;
import dev.headwater.event.ContentHash;
import dev.headwater.event.ModelCommand;
import dev.headwater.event.SnapshotImport;
import dev.headwater.head.BaseScores;
import dev.headwater.head.Calibration;
import dev.headwater.head.DecisionRule;
import dev.headwater.head.Ensemble;
import dev.headwater.head.Example;
import dev.headwater.head.Focus;
import dev.headwater.head.InputStatistics;
import dev.headwater.head.LinearComponent;
import dev.headwater.head.Reservoir;
import dev.headwater.head.ScoreWindow;
import dev.headwater.head.TrainingState;
import dev.headwater.learner.model.LearnerInput.Corrected;
import dev.headwater.learner.model.LearnerInput.Flush;
import dev.headwater.learner.model.LearnerInput.Labelled;
import dev.headwater.learner.model.LearnerInput.Observation;
import dev.headwater.learner.model.LearnerInput.Repeated;
import dev.headwater.learner.model.LearnerInput.Requested;
import dev.headwater.learner.model.ScoreBook.Served;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The bytes of all that a model's state is kept in, and of what is on the topic {@code examples}. A
 * change here is a change of format: stores and topics of users hold bytes like these.
 */
class GoldenStateTest {
  private static final Embedding EMBEDDING = Embedding.copyOf(new float[] {1, -0.5f});

  private final HeapStore store = new HeapStore();

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  @Test
  void shouldWriteAnExampleAsEver() {
    var negative = new Example("id", EMBEDDING, false, "dö", 7);
    assertThat(hex(ExampleStore.write(negative)))
        .isEqualTo("040000000269640000000364c3b600000000000000073f800000bf000000");
    assertThat(
            ExampleStore.read(
                bytes("040000000269640000000364c3b600000000000000073f800000bf000000")))
        .isEqualTo(negative);
    var positive = new Example("id", EMBEDDING, true, "dö", 7);
    assertThat(hex(ExampleStore.write(positive)))
        .isEqualTo("050000000269640000000364c3b600000000000000073f800000bf000000");
    assertThat(
            ExampleStore.read(
                bytes("050000000269640000000364c3b600000000000000073f800000bf000000")))
        .isEqualTo(positive);
  }

  @Test
  void shouldRefuseAnExampleOfAnotherFormat() {
    assertThatThrownBy(() -> ExampleStore.read(new byte[] {3, 0, 0}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "example has format 3: this build reads 4 and 5; start the build that wrote it");
  }

  @Test
  void shouldWriteAnOutcomeAsEver() {
    var outcomes = new OutcomeStore("m", store);
    var published = new Published(new Judgement(1, true, false), 5, 1L << 40, 3);
    var judged = new Judgement(0.25f, false, true);
    outcomes.add("a", new Outcome(judged, 7, "dö", 2, Optional.of(published)));
    outcomes.add("b", new Outcome(judged, 8, "d", 3, Optional.empty()));
    assertThat(hex(store.get("m/answer/a")))
        .isEqualTo(
            "02000000000000000700000000000000027e80000001bf800000000000000000"
                + "00050000010000000000000000000000000364c3b6");
    assertThat(hex(store.get("m/answer/b")))
        .isEqualTo("02000000000000000800000000000000037e8000000064");
    assertThat(new String(store.get("m/place/7"), UTF_8)).isEqualTo("a");
    assertThat(store.entries()).hasSize(4);
  }

  @Test
  void shouldWriteAnEnsembleAsEver() {
    var linear = new LinearComponent(new float[] {1, -0.5f}, 0.25f);
    assertThat(hex(EnsembleCodec.write(linear))).isEqualTo("013f800000bf0000003e800000");
    var calibration = new Calibration(1, 0.5, -2, 0.25);
    assertThat(hex(EnsembleCodec.write(calibration)))
        .isEqualTo("013ff00000000000003fe0000000000000c0000000000000003fd00000000000" + "00");
    var window =
        ScoreWindow.EMPTY
            .plus("a", new BaseScores(1, -0.5), false)
            .plus("b", new BaseScores(2, 0.25), true);
    assertThat(hex(EnsembleCodec.write(window)))
        .isEqualTo(
            "0100000000000000023fefd70a3d70a3d73ff000000000000000000001af63dc"
                + "4c8601ec8c00000000000000003f800000bf00000000000001af63df4c8601f1"
                + "a50000000000000001400000003e800000");
  }

  @Test
  void shouldWriteStatisticsAsEver() {
    var bytes = LearnerByteStores.of(name -> new HeapStore());
    new LearnerStores("m", bytes, new ExampleStore.Cache())
        .save(new InputStatistics(3, new double[] {1, -0.5}, new double[] {2, 0.25}));
    assertThat(hex(bytes.tensors().get("m/inputs")))
        .isEqualTo(
            "00000000000000033ff0000000000000bfe00000000000004000000000000000"
                + "3fd0000000000000");
  }

  @Test
  void shouldWriteWeightsAndAnEnsembleUnderTheirNames() {
    var bytes = LearnerByteStores.of(name -> new HeapStore());
    var stores = new LearnerStores("m", bytes, new ExampleStore.Cache());
    stores.save(TrainingState.initial(2, 3, 1));
    stores.save(null, Ensemble.initial(2, DecisionRule.DEFAULT));
    assertThat(bytes.tensors().entries().keySet())
        .containsExactlyInAnyOrder(
            "m/weights/dense/kernel",
            "m/weights/dense/bias",
            "m/weights/dense_1/kernel",
            "m/weights/dense_1/bias",
            "m/first_moment/dense/kernel",
            "m/first_moment/dense/bias",
            "m/first_moment/dense_1/kernel",
            "m/first_moment/dense_1/bias",
            "m/second_moment/dense/kernel",
            "m/second_moment/dense/bias",
            "m/second_moment/dense_1/kernel",
            "m/second_moment/dense_1/bias",
            "m/linear",
            "m/base_scores",
            "m/calibration");
    assertThat(hex(FloatCodec.bytes(1, -0.5f))).isEqualTo("3f800000bf000000");
  }

  @Test
  void shouldWriteAWatchOverPredictionsAsEver() {
    var detectors = new DriftDetectors("m", store);
    detectors.judge("d", true, 0.75);
    detectors.judge("d", false, 0.25);
    detectors.save();
    assertThat(store.entries().keySet()).containsExactlyInAnyOrder("m/answers", "m/answers/d");
    assertThat(hex(store.get("m/answers")))
        .isEqualTo(
            "0100000000000000000002003ff0000000000000000000000000000000000000"
                + "000000000000000000000000000002003fe80000000000000000000000000000"
                + "003fd00000000000000000000000000000000000000000000000000000000000"
                + "000000000000000000");
    assertThat(store.get("m/answers/d")).isEqualTo(store.get("m/answers"));
  }

  /** The record of images is too long to be written down. */
  @Test
  void shouldWriteWhatImagesLookLikeAsEver() {
    var detectors = new DriftDetectors("m", store);
    for (int n = 0; n < 23; n++) {
      detectors.see(Embedding.copyOf(new float[] {n % 7, n % 3}), n == 0);
    }
    detectors.save();
    assertThat(store.get("m/images")).startsWith(1, 0, 0, 0, 0, 0, 0, 0, 23);
    assertThat(
            store.get("m/images").length + " bytes " + hex(ContentHash.of(store.get("m/images"))))
        .isEqualTo("20745 bytes 592ab7a247312a6908f374bd5411fed3");
  }

  @Test
  void shouldWriteAnImageForTheLearnerAsEver() {
    var image =
        new Observation(
            "id", "dö", "ab", EMBEDDING, Optional.of(true), 0.75, 3, Optional.of(false));
    assertGolden(
        "02010000000269640000000364c3b6000000026162013fe80000000000000000"
            + "00000000000300000000023f800000bf000000",
        image);
    assertGolden(
        "02030000000269640000000364c3b6000000026162013fe80000000000000000"
            + "00000000000300000000023f800000bf000000",
        new Labelled(image));
    assertGolden(
        "02040000000269640000000364c3b6000000026162013fe80000000000000000"
            + "00000000000300000000023f800000bf000000",
        new Corrected(image));
    assertGolden(
        "02010000000269640000000164000000026162ff3fe000000000000000000000"
            + "00000000ff000000023f800000bf000000",
        new Observation("id", "d", "ab", EMBEDDING, Optional.empty(), 0.5, 0, Optional.empty()));
  }

  @Test
  void shouldWriteWhatElseReachesTheLearnerAsEver() {
    assertGolden("02020000000000000102", new Flush(258));
    assertGolden("0205", new Repeated());
    assertGolden(
        "02070000000169000000016d010203",
        new Requested(new SnapshotImport("i", "m", new byte[] {1, 2, 3})));
    var command = ModelCommand.of("c", "m", ModelCommand.Action.PROMOTE, 3);
    String json = "{\"id\":\"c\",\"model\":\"m\",\"command\":\"promote\",\"version\":3}";
    assertGolden("0206" + hex(json.getBytes(UTF_8)), new Requested(command));
  }

  private static void assertGolden(String golden, LearnerInput input) {
    assertThat(hex(LearnerInputCodec.write(input))).isEqualTo(golden);
    assertThat(LearnerInputCodec.read(bytes(golden))).isEqualTo(input);
  }

  @Test
  void shouldWriteTheStateOfAModelAsEver() {
    var reservoir = new Reservoir(50, List.of(new Reservoir.Group("dö", true, 9, 4)));
    var counts = new ModelState.Counts(10, 20, 3, 1);
    var state = ModelState.of("ab", true, counts, 5, 8, 2, 6, reservoir, new Focus("dö", 300));
    String golden =
        """
        {"format":6,"backbone":"ab","reducedQuality":true,\
        "counts":{"examples":10,"predictions":20,"repeated":3,"corrections":1},"version":5,\
        "snapshotLabels":8,"pending":2,"steps":6,"reservoir":{"capacity":50,"groups":[\
        {"domain":"dö","positive":true,"seen":9,"size":4}]},\
        "focus":{"domain":"dö","untilLabel":300}}\
        """;
    assertThat(new String(state.write(), UTF_8)).isEqualTo(golden);
    assertThat(ModelState.read(golden.getBytes(UTF_8))).isEqualTo(state);
    var plain = ModelState.initial("ab", false, 0, 50);
    assertThat(new String(plain.write(), UTF_8)).doesNotContain("focus");
  }

  @Test
  void shouldRefuseAStateOfAnotherFormat() {
    assertThatThrownBy(() -> ModelState.read("{\"format\":5}".getBytes(UTF_8)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "learner state has format 5: this build reads 6; start the build that wrote it");
    assertThatThrownBy(() -> ModelState.read("{".getBytes(UTF_8)))
        .hasMessage("learner state is not readable; restore it from Kafka");
  }

  @Test
  void shouldWriteTheIndexOfScoresAsEver() {
    var book = ScoreBook.read("m", store);
    var judgement = new Judgement(0.75f, true, true);
    book.add("photo", judgement, Optional.of(new Served(4, judgement)));
    book.add("dö", judgement, Optional.of(new Served(3, judgement)));
    book.save(store);
    assertThat(new String(store.get("m/index"), UTF_8))
        .isEqualTo("{\"format\":1,\"domains\":[\"photo\",\"dö\"],\"versions\":[3,4]}");
    assertThat(store.entries().keySet())
        .containsExactlyInAnyOrder(
            "m/index",
            "m/trained",
            "m/served",
            "m/domain/photo",
            "m/domain/dö",
            "m/version/3",
            "m/version/4");
  }

  @Test
  void shouldRefuseAnIndexOfScoresOfAnotherFormat() {
    store.put("m/index", "{\"format\":2,\"domains\":[],\"versions\":[]}".getBytes(UTF_8));
    assertThatThrownBy(() -> ScoreBook.read("m", store))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "the index of scores has format 2: this build reads 1; start the build that wrote it");
  }
}
