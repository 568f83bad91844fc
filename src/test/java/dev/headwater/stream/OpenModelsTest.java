package dev.headwater.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.backbone.Embedding;
import dev.headwater.event.PromotionPolicy;
import dev.headwater.event.RejectedException;
import dev.headwater.head.LearnerSettings;
import dev.headwater.head.OnlineLearner;
import dev.headwater.stream.LearnerInput.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When the state of models is written, and what there is of it in between. */
class OpenModelsTest {
  private static final int INPUTS = 4;
  private static final LearnerSettings SETTINGS = new LearnerSettings(4, 1, 50, 1);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final LearnerBytes<HeapStore> saved =
      new LearnerBytes<>(
          new HeapStore(),
          new HeapStore(),
          new HeapStore(),
          new HeapStore(),
          new HeapStore(),
          new HeapStore(),
          new HeapStore());
  private final HeapStore journals = new HeapStore();
  private final LiveModels live = new LiveModels();
  private FakeBackbone backbone = new FakeBackbone();
  private OpenModels models = open();
  private int taken;

  private OpenModels open() {
    return open(PromotionPolicy.CONTINUOUS);
  }

  private OpenModels open(PromotionPolicy policy) {
    var learner =
        new ModelLearner(
            backbone.id(),
            INPUTS,
            SETTINGS,
            new SnapshotPolicy(64, PATIENCE),
            new ModelCatalog(List.of(), true, 100, policy),
            DriftReaction.ADAPT,
            ReleaseRules.DEFAULT,
            new OnlineLearner(SETTINGS, INPUTS));
    return new OpenModels(learner, saved, journals, live);
  }

  private void take(String model, Optional<Boolean> label) throws RejectedException {
    int n = taken++;
    var input =
        new Observation(
            "image-" + n,
            "d",
            backbone.id().fingerprint(),
            Embedding.copyOf(new float[] {n % 2, 1, 0, n % 3}),
            label,
            0.5,
            0,
            Optional.empty());
    var entry = new Journal.Entry(Instant.EPOCH, LearnerInputCodec.write(input));
    models.get(model).accept(input, entry);
  }

  private void takeLabelled(String model, int count) throws RejectedException {
    for (int i = 0; i < count; i++) {
      take(model, Optional.of(taken % 2 == 0));
    }
  }

  private long savedPredictions(String model) {
    return LearnerStores.readProgress(saved.progress().get(model)).predictions();
  }

  private long livePredictions(String model) {
    return live.progress(model, saved.progress()).predictions();
  }

  @Test
  void shouldWriteTheFirstInputAtOnceSoThatTheModelIsKnown() throws RejectedException {
    takeLabelled("m", 1);
    assertThat(savedPredictions("m")).isEqualTo(1);
    assertThat(Journal.isEmpty("m", journals)).isTrue();
  }

  @Test
  void shouldWriteTheStateOnceInSoManyLessonsAndTheInputsMeanwhile() throws RejectedException {
    takeLabelled("m", OpenModel.MOST_LESSONS);
    assertThat(savedPredictions("m")).isEqualTo(1);
    assertThat(livePredictions("m")).isEqualTo(OpenModel.MOST_LESSONS);
    assertThat(saved.tensors().entries()).doesNotContainKey("m/weights/dense/kernel");
    assertThat(Journal.open("m", journals).entries()).hasSize(OpenModel.MOST_LESSONS - 1);
    takeLabelled("m", 1);
    assertThat(savedPredictions("m")).isEqualTo(OpenModel.MOST_LESSONS + 1);
    assertThat(saved.tensors().entries()).containsKey("m/weights/dense/kernel");
    assertThat(Journal.isEmpty("m", journals)).isTrue();
  }

  @Test
  void shouldWriteTheStateOnceInSoManyImagesWithoutLabels() throws RejectedException {
    for (int i = 0; i < OpenModel.MOST_INPUTS; i++) {
      take("m", Optional.empty());
    }
    assertThat(savedPredictions("m")).isEqualTo(1);
    take("m", Optional.empty());
    assertThat(savedPredictions("m")).isEqualTo(OpenModel.MOST_INPUTS + 1);
  }

  @Test
  void shouldWriteTheStateOfAModelThatRests() throws RejectedException {
    takeLabelled("m", 5);
    rest(1_000);
    rest(10_999);
    assertThat(savedPredictions("m")).isEqualTo(1);
    takeLabelled("m", 1);
    rest(11_000);
    assertThat(savedPredictions("m")).as("work came meanwhile").isEqualTo(1);
    rest(21_000);
    assertThat(savedPredictions("m")).isEqualTo(6);
    int journal = journals.entries().hashCode();
    rest(99_000);
    assertThat(journals.entries().hashCode()).as("nothing new to write").isEqualTo(journal);
  }

  private void rest(long now) {
    models.atWork().forEach(model -> model.rest(now, PATIENCE));
  }

  @Test
  void shouldWriteTheModelUsedLongestAgoWhenThereAreTooManyAtWork() throws RejectedException {
    for (int n = 0; n < OpenModels.MOST; n++) {
      takeLabelled("m" + n, 3);
    }
    takeLabelled("m0", 1);
    takeLabelled("one more", 1);
    assertThat(savedPredictions("m1")).as("used longest ago").isEqualTo(3);
    assertThat(savedPredictions("m0")).as("used since").isEqualTo(1);
    assertThat(livePredictions("m1")).isEqualTo(3);
    takeLabelled("m1", 1);
    assertThat(livePredictions("m1")).isEqualTo(4);
    assertThat(savedPredictions("m2")).as("next to go").isEqualTo(3);
  }

  @Test
  void shouldTellOfInputsInTheJournalAfterARestart() throws RejectedException {
    takeLabelled("m", 7);
    models.close();
    assertThat(livePredictions("m")).as("closed").isEqualTo(1);
    models = open();
    models.recover("m");
    assertThat(livePredictions("m")).isEqualTo(7);
    assertThat(models.progress("m").examples()).isEqualTo(7);
  }

  @Test
  void shouldDecideAsTheFirstTimeHoweverTheConfigurationHasChanged() throws RejectedException {
    takeLabelled("m", 100);
    models = open(PromotionPolicy.GATED);
    takeLabelled("m", 100);
    var before = state("m");
    assertThat(before.standing().heldOut().size()).isPositive();
    models.close();
    models = open(PromotionPolicy.GATED);
    models.recover("m");
    assertThat(state("m")).isEqualTo(before);
    models.close();
    models = open(PromotionPolicy.MANUAL);
    models.recover("m");
    assertThat(state("m")).as("taken once more with another policy").isEqualTo(before);
  }

  @Test
  void shouldDecideAsTheFirstTimeAfterARestToo() throws RejectedException {
    takeLabelled("m", 100);
    models = open(PromotionPolicy.GATED);
    models.recover("m");
    rest(1_000);
    rest(11_000);
    takeLabelled("m", 100);
    var before = state("m");
    models.close();
    models = open(PromotionPolicy.GATED);
    models.recover("m");
    assertThat(state("m")).isEqualTo(before);
  }

  @Test
  void shouldChangeNothingForAnImageThatItRefuses() throws RejectedException {
    takeLabelled("m", 100);
    var own = backbone;
    backbone = new FakeBackbone("cd".repeat(32));
    models = open(PromotionPolicy.GATED);
    for (int n = 0; n < 2; n++) {
      assertThatThrownBy(() -> takeLabelled("m", 1)).isInstanceOf(RejectedException.class);
    }
    backbone = own;
    models = open(PromotionPolicy.GATED);
    takeLabelled("m", 30);
    assertThat(state("m").standing().heldOut().size()).isPositive();
  }

  /** What follows from the inputs: which version serves, and how much was learnt. */
  private record State(Standing standing, ModelProgress progress) {}

  private State state(String model) {
    var standing = VersionStore.standing(model, live.versions(model, saved.versions()));
    return new State(standing.orElseThrow(), live.progress(model, saved.progress()));
  }

  @Test
  void shouldNotOpenAModelWithoutAJournal() throws RejectedException {
    takeLabelled("m", 1);
    models = open();
    models.recover("m");
    assertThat(models.atWork()).isEmpty();
    assertThat(models.progress("m").examples()).isEqualTo(1);
  }

  @Test
  void shouldBeginAnewWithAnotherBackboneWhereNothingWasLearnt() throws RejectedException {
    for (int i = 0; i < 3; i++) {
      take("m", Optional.empty());
    }
    backbone = new FakeBackbone("cd".repeat(32));
    models = open();
    take("m", Optional.empty());
    assertThat(livePredictions("m")).isEqualTo(1);
    models = open();
    models.recover("m");
    assertThat(livePredictions("m")).as("after another restart").isEqualTo(1);
  }

  @Test
  void shouldNotKeepWhatItRefusesInTheJournal() throws RejectedException {
    takeLabelled("m", 2);
    backbone = new FakeBackbone("cd".repeat(32));
    assertThatThrownBy(() -> takeLabelled("m", 1)).isInstanceOf(RejectedException.class);
    assertThat(Journal.open("m", journals).entries()).hasSize(1);
  }
}
