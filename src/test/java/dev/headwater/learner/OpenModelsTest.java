package dev.headwater.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.backbone.Embedding;
import dev.headwater.event.ModelCommand;
import dev.headwater.event.PromotionPolicy;
import dev.headwater.event.RejectedException;
import dev.headwater.head.DecisionRule;
import dev.headwater.head.LearnerSettings;
import dev.headwater.learner.model.DriftReaction;
import dev.headwater.learner.model.LearnerInput.Observation;
import dev.headwater.learner.model.LearnerInput.Requested;
import dev.headwater.learner.model.ModelCatalog;
import dev.headwater.learner.model.ModelSettings;
import dev.headwater.learner.model.ModelState;
import dev.headwater.learner.model.ScoreReport;
import dev.headwater.learner.release.ReleaseRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When the state of models is written, and what there is of it in between. */
class OpenModelsTest {
  private static final int INPUTS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String ANOTHER_BACKBONE = "cd".repeat(32);

  private LearnerProcess process = new LearnerProcess(LearnerSetup.of(INPUTS));

  /** Of the service, and of the images that it takes. */
  private String backbone = LearnerSetup.FINGERPRINT;

  private int taken;

  /** Another process, which finds what this one has saved. */
  private void restart(LearnerSetup setup) {
    process = process.restarted(setup.backbone(backbone));
  }

  private void restart(PromotionPolicy policy) {
    restart(LearnerSetup.of(INPUTS).policy(policy));
  }

  private void restart() {
    restart(LearnerSetup.of(INPUTS));
  }

  private void take(String model, Optional<Boolean> label) throws RejectedException {
    int n = taken++;
    process.offer(
        model,
        new Observation(
            "image-" + n,
            "d",
            backbone,
            Embedding.copyOf(new float[] {n % 2, 1, 0, n % 3}),
            label,
            0.5,
            0,
            Optional.empty()));
  }

  private void takeLabelled(String model, int count) throws RejectedException {
    for (int i = 0; i < count; i++) {
      take(model, Optional.of(taken % 2 == 0));
    }
  }

  private long savedPredictions(String model) {
    return ModelState.read(process.saved().progress().get(model)).counts().predictions();
  }

  private ModelView view(String model) {
    return process.view(model).orElseThrow();
  }

  private long livePredictions(String model) {
    return view(model).state().counts().predictions();
  }

  @Test
  void shouldWriteTheFirstInputAtOnceSoThatTheModelIsKnown() throws RejectedException {
    takeLabelled("m", 1);
    assertThat(savedPredictions("m")).isEqualTo(1);
    assertThat(Journal.isEmpty("m", process.journals())).isTrue();
  }

  @Test
  void shouldWriteTheStateOnceInSoManyLabelsAndTheInputsMeanwhile() throws RejectedException {
    takeLabelled("m", OpenModel.MOST_LABELS);
    assertThat(savedPredictions("m")).isEqualTo(1);
    assertThat(livePredictions("m")).isEqualTo(OpenModel.MOST_LABELS);
    assertThat(process.saved().tensors().entries()).doesNotContainKey("m/weights/dense/kernel");
    assertThat(Journal.open("m", process.journals()).entries()).hasSize(OpenModel.MOST_LABELS - 1);
    takeLabelled("m", 1);
    assertThat(savedPredictions("m")).isEqualTo(OpenModel.MOST_LABELS + 1);
    assertThat(process.saved().tensors().entries()).containsKey("m/weights/dense/kernel");
    assertThat(Journal.isEmpty("m", process.journals())).isTrue();
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
    int journal = process.journals().entries().hashCode();
    rest(99_000);
    assertThat(process.journals().entries().hashCode())
        .as("nothing new to write")
        .isEqualTo(journal);
  }

  private void rest(long now) {
    process.models().atWork().forEach(model -> model.rest(now, PATIENCE));
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
    process.models().close();
    assertThat(livePredictions("m")).as("closed").isEqualTo(1);
    restart();
    process.models().recover("m");
    assertThat(livePredictions("m")).isEqualTo(7);
    assertThat(view("m").state().counts().examples()).isEqualTo(7);
  }

  @Test
  void shouldDecideAsTheFirstTimeHoweverTheConfigurationHasChanged() throws RejectedException {
    takeLabelled("m", 100);
    restart(PromotionPolicy.GATED);
    takeLabelled("m", 100);
    var before = state("m");
    assertThat(before.release().heldOut().size()).isPositive();
    restart(PromotionPolicy.GATED);
    process.models().recover("m");
    assertThat(state("m")).isEqualTo(before);
    restart(PromotionPolicy.MANUAL);
    process.models().recover("m");
    assertThat(state("m")).as("taken once more with another policy").isEqualTo(before);
  }

  @Test
  void shouldLearnAsTheFirstTimeHoweverTheConfigurationHasChanged() throws RejectedException {
    takeLabelled("m", 250);
    var before = state("m");
    long version = before.state().version();
    assertThat(before.state().snapshotLabels()).as("since the checkpoint").isGreaterThan(130);
    var asBefore = process.restarted();
    restart(
        LearnerSetup.of(INPUTS)
            .settings(new LearnerSettings(32, 0, 50, 7))
            .snapshotEvery(200)
            .catalog(
                new ModelCatalog(
                    List.of(new ModelSettings("m", "ok", "bad", DecisionRule.parse("0.9"))),
                    true,
                    100))
            .reaction(DriftReaction.REPORT));
    process.models().recover("m");
    assertThat(state("m")).isEqualTo(before);
    assertThat(weights(process)).isNotEmpty().containsExactlyElementsOf(weights(asBefore));
    takeLabelled("m", 80);
    assertThat(state("m").state().version()).as("a version each 200").isEqualTo(version);
    assertThat(state("m").release().config().training().classes()).containsExactly("ok", "bad");
  }

  /** The live weights of model m, as a checkpoint would have them. */
  private static List<byte[]> weights(LearnerProcess process) {
    process.models().get("m").checkpoint();
    return process.saved().tensors().entries().entrySet().stream()
        .filter(entry -> entry.getKey().startsWith("m/weights"))
        .sorted(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue)
        .toList();
  }

  @Test
  void shouldDecideAsTheFirstTimeAfterARestToo() throws RejectedException {
    takeLabelled("m", 100);
    restart(PromotionPolicy.GATED);
    process.models().recover("m");
    rest(1_000);
    rest(11_000);
    takeLabelled("m", 100);
    var before = state("m");
    restart(PromotionPolicy.GATED);
    process.models().recover("m");
    assertThat(state("m")).isEqualTo(before);
  }

  @Test
  void shouldChangeNothingForAnImageThatItRefuses() throws RejectedException {
    takeLabelled("m", 100);
    var own = backbone;
    backbone = ANOTHER_BACKBONE;
    restart(PromotionPolicy.GATED);
    for (int n = 0; n < 2; n++) {
      assertThatThrownBy(() -> takeLabelled("m", 1)).isInstanceOf(RejectedException.class);
    }
    backbone = own;
    restart(PromotionPolicy.GATED);
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
    restart();
    process.models().recover("m");
    assertThat(process.models().atWork()).isEmpty();
    assertThat(view("m").state().counts().examples()).isEqualTo(1);
  }

  @Test
  void shouldBeginAnewWithAnotherBackboneWhereNothingWasLearnt() throws RejectedException {
    for (int i = 0; i < 3; i++) {
      take("m", Optional.empty());
    }
    backbone = ANOTHER_BACKBONE;
    restart();
    take("m", Optional.empty());
    assertThat(livePredictions("m")).isEqualTo(1);
    restart();
    process.models().recover("m");
    assertThat(livePredictions("m")).as("after another restart").isEqualTo(1);
  }

  @Test
  void shouldNotForgetWhatItHasLearntSinceItsCheckpointWithAnotherBackbone()
      throws RejectedException {
    take("m", Optional.empty());
    takeLabelled("m", 60);
    var own = backbone;
    backbone = ANOTHER_BACKBONE;
    restart();
    process.models().recover("m");
    assertThatThrownBy(() -> takeLabelled("m", 1)).isInstanceOf(RejectedException.class);
    rest(1_000);
    rest(11_000);
    backbone = own;
    restart();
    takeLabelled("m", 1);
    assertThat(view("m").state().counts().examples()).isEqualTo(61);
  }

  @Test
  void shouldNotKeepWhatItRefusesInTheJournal() throws RejectedException {
    takeLabelled("m", 2);
    backbone = ANOTHER_BACKBONE;
    assertThatThrownBy(() -> takeLabelled("m", 1)).isInstanceOf(RejectedException.class);
    assertThat(Journal.open("m", process.journals()).entries()).hasSize(1);
  }

  private void command(ModelCommand.Action action, Optional<String> threshold, String policy)
      throws RejectedException {
    process.offer(
        "m",
        new Requested(
            new ModelCommand(
                "c-" + taken++,
                "m",
                action,
                Optional.empty(),
                threshold,
                Optional.ofNullable(policy))));
  }

  @Test
  void shouldForgetCommandsWithAnotherBackboneThoughItHadNoVersionYet() throws RejectedException {
    take("m", Optional.empty());
    command(ModelCommand.Action.POLICY, Optional.empty(), "manual");
    backbone = ANOTHER_BACKBONE;
    restart();
    take("m", Optional.empty());
    takeLabelled("m", 38);
    var before = state("m");
    assertThat(before.release().served()).isPositive();
    restart();
    process.models().recover("m");
    assertThat(state("m")).isEqualTo(before);
  }

  private static LearnerSetup withThreshold(String rule) {
    var model = new ModelSettings("m", "ok", "bad", DecisionRule.parse(rule));
    return LearnerSetup.of(INPUTS)
        .settings(new LearnerSettings(8, 1, 50, 1))
        .catalog(new ModelCatalog(List.of(model), true, 100));
  }

  /** Images that tell nothing of their class: only the threshold decides what is answered. */
  private void takeAlike(int count) throws RejectedException {
    var embedding = Embedding.copyOf(new float[] {1, 1, 0, 1});
    for (int i = 0; i < count; i++, taken++) {
      process.offer(
          "m",
          new Observation(
              "image-" + taken,
              "d",
              backbone,
              embedding,
              Optional.of(taken % 2 == 0),
              0.5,
              0,
              Optional.empty()));
    }
  }

  @Test
  void shouldKeepAThresholdThatCameWithTheConfigurationUntilATunedOneIsFound()
      throws RejectedException {
    restart(withThreshold("0.9"));
    takeAlike(80);
    restart(withThreshold("0.1"));
    command(ModelCommand.Action.THRESHOLD, Optional.of("best-f1"), null);
    takeAlike(6);
    var before = new ScoreReport(view("m").scores()).trained();
    restart(withThreshold("0.1"));
    process.models().recover("m");
    assertThat(new ScoreReport(view("m").scores()).trained()).isEqualTo(before);
  }

  @Test
  void shouldWriteNothingOfAnotherBackboneBeforeItsFirstImage() throws RejectedException {
    take("m", Optional.empty());
    take("m", Optional.empty());
    var own = backbone;
    backbone = ANOTHER_BACKBONE;
    restart();
    process.models().recover("m");
    rest(1_000);
    rest(11_000);
    backbone = own;
    restart();
    process.models().recover("m");
    assertThat(livePredictions("m")).isEqualTo(2);
  }
}
