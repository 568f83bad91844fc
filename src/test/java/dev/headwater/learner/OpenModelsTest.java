package dev.headwater.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.backbone.Embedding;
import dev.headwater.event.PromotionPolicy;
import dev.headwater.event.RejectedException;
import dev.headwater.head.DecisionRule;
import dev.headwater.head.LearnerSettings;
import dev.headwater.learner.model.DriftReaction;
import dev.headwater.learner.model.HeapStore;
import dev.headwater.learner.model.LearnerByteStores;
import dev.headwater.learner.model.LearnerInput.Observation;
import dev.headwater.learner.model.LearnerInputCodec;
import dev.headwater.learner.model.ModelCatalog;
import dev.headwater.learner.model.ModelSettings;
import dev.headwater.learner.model.ModelState;
import dev.headwater.learner.model.ReleaseRules;
import dev.headwater.learner.model.SnapshotPolicy;
import dev.headwater.learner.release.ReleaseRecord;
import dev.headwater.stream.FakeBackbone;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When the state of models is written, and what there is of it in between. */
class OpenModelsTest {
  private static final int INPUTS = 4;
  private static final LearnerSettings SETTINGS = new LearnerSettings(4, 1, 50, 1);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final LearnerByteStores<HeapStore> saved = LearnerByteStores.of(name -> new HeapStore());
  private final HeapStore journals = new HeapStore();
  private final LiveModels live = new LiveModels();
  private FakeBackbone backbone = new FakeBackbone();
  private OpenModels models = open();
  private int taken;

  private OpenModels open() {
    return open(PromotionPolicy.CONTINUOUS);
  }

  private OpenModels open(PromotionPolicy policy) {
    var catalog = new ModelCatalog(List.of(), true, 100, policy);
    return open(SETTINGS, 64, catalog, DriftReaction.ADAPT);
  }

  private OpenModels open(
      LearnerSettings settings, int snapshots, ModelCatalog catalog, DriftReaction reaction) {
    var learner =
        new ModelLearner(
            new LearnerConfiguration(
                backbone.id(),
                INPUTS,
                settings,
                new SnapshotPolicy(snapshots, PATIENCE),
                catalog,
                reaction,
                ReleaseRules.DEFAULT));
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
    return ModelState.read(saved.progress().get(model)).counts().predictions();
  }

  private ModelView view(String model) {
    var source = new ModelView.Source(saved.progress(), saved.versions(), saved.scores());
    return live.view(model, source).orElseThrow();
  }

  private long livePredictions(String model) {
    return view(model).state().counts().predictions();
  }

  @Test
  void shouldWriteTheFirstInputAtOnceSoThatTheModelIsKnown() throws RejectedException {
    takeLabelled("m", 1);
    assertThat(savedPredictions("m")).isEqualTo(1);
    assertThat(Journal.isEmpty("m", journals)).isTrue();
  }

  @Test
  void shouldWriteTheStateOnceInSoManyLabelsAndTheInputsMeanwhile() throws RejectedException {
    takeLabelled("m", OpenModel.MOST_LABELS);
    assertThat(savedPredictions("m")).isEqualTo(1);
    assertThat(livePredictions("m")).isEqualTo(OpenModel.MOST_LABELS);
    assertThat(saved.tensors().entries()).doesNotContainKey("m/weights/dense/kernel");
    assertThat(Journal.open("m", journals).entries()).hasSize(OpenModel.MOST_LABELS - 1);
    takeLabelled("m", 1);
    assertThat(savedPredictions("m")).isEqualTo(OpenModel.MOST_LABELS + 1);
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
    assertThat(view("m").state().counts().examples()).isEqualTo(7);
  }

  @Test
  void shouldDecideAsTheFirstTimeHoweverTheConfigurationHasChanged() throws RejectedException {
    takeLabelled("m", 100);
    models = open(PromotionPolicy.GATED);
    takeLabelled("m", 100);
    var before = state("m");
    assertThat(before.release().heldOut().size()).isPositive();
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
  void shouldLearnAsTheFirstTimeHoweverTheConfigurationHasChanged() throws RejectedException {
    takeLabelled("m", 250);
    var before = state("m");
    long version = before.state().version();
    assertThat(before.state().snapshotLabels()).as("since the checkpoint").isGreaterThan(130);
    models.close();
    var inputs = journals.reopened();
    var checkpoint = saved.through(HeapStore::reopened);
    models = open();
    var weights = weights("m");
    restore(checkpoint.all(), saved.all());
    restore(List.of(inputs), List.of(journals));
    models.close();
    models =
        open(
            new LearnerSettings(32, 0, 50, 7),
            200,
            new ModelCatalog(
                List.of(new ModelSettings("m", "ok", "bad", DecisionRule.parse("0.9"))), true, 100),
            DriftReaction.REPORT);
    models.recover("m");
    assertThat(state("m")).isEqualTo(before);
    assertThat(weights("m")).containsExactlyElementsOf(weights);
    takeLabelled("m", 80);
    assertThat(state("m").state().version()).as("a version each 200").isEqualTo(version);
    assertThat(state("m").release().config().training().classes()).containsExactly("ok", "bad");
  }

  private static void restore(List<HeapStore> from, List<HeapStore> to) {
    for (int i = 0; i < from.size(); i++) {
      to.get(i).entries().clear();
      from.get(i).entries().forEach(to.get(i)::put);
    }
  }

  /** The live weights, as a checkpoint would have them. */
  private List<byte[]> weights(String model) {
    models.get(model).checkpoint();
    return saved.tensors().entries().entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(model + "/weights"))
        .sorted(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue)
        .toList();
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
    assertThat(state("m").release().heldOut().size()).isPositive();
  }

  /** What follows from the inputs: which version serves, and how much was learnt. */
  private record State(ReleaseRecord release, ModelState state) {}

  private State state(String model) {
    var view = view(model);
    return new State(view.release(), view.state());
  }

  @Test
  void shouldNotOpenAModelWithoutAJournal() throws RejectedException {
    takeLabelled("m", 1);
    models = open();
    models.recover("m");
    assertThat(models.atWork()).isEmpty();
    assertThat(view("m").state().counts().examples()).isEqualTo(1);
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
  void shouldNotForgetWhatItHasLearntSinceItsCheckpointWithAnotherBackbone()
      throws RejectedException {
    take("m", Optional.empty());
    takeLabelled("m", 60);
    var own = backbone;
    backbone = new FakeBackbone("cd".repeat(32));
    models = open();
    models.recover("m");
    assertThatThrownBy(() -> takeLabelled("m", 1)).isInstanceOf(RejectedException.class);
    rest(1_000);
    rest(11_000);
    backbone = own;
    models = open();
    takeLabelled("m", 1);
    assertThat(view("m").state().counts().examples()).isEqualTo(61);
  }

  @Test
  void shouldNotKeepWhatItRefusesInTheJournal() throws RejectedException {
    takeLabelled("m", 2);
    backbone = new FakeBackbone("cd".repeat(32));
    assertThatThrownBy(() -> takeLabelled("m", 1)).isInstanceOf(RejectedException.class);
    assertThat(Journal.open("m", journals).entries()).hasSize(1);
  }
}
