package dev.headwater.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.backbone.Embedding;
import dev.headwater.evaluation.Judgement;
import dev.headwater.event.ErrorCode;
import dev.headwater.event.PromotionPolicy;
import dev.headwater.event.RejectedException;
import dev.headwater.head.Focus;
import dev.headwater.head.OnlineLearner;
import dev.headwater.learner.model.DriftReaction;
import dev.headwater.learner.model.ExampleStore;
import dev.headwater.learner.model.HeapStore;
import dev.headwater.learner.model.LearnerByteStores;
import dev.headwater.learner.model.LearnerInput.Observation;
import dev.headwater.learner.model.LearnerStores;
import dev.headwater.learner.release.Model;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PrequentialStepTest {
  private static final int INPUTS = 4;

  private final LearnerConfiguration configuration = LearnerSetup.of(INPUTS).configuration();
  private final OnlineLearner learner = new OnlineLearner(configuration.settings(), INPUTS);
  private final PrequentialStep step = new PrequentialStep(learner, DriftReaction.ADAPT);
  private final Model model = open(PromotionPolicy.CONTINUOUS);

  private static Model open(PromotionPolicy policy) {
    var stores = LearnerByteStores.of(name -> new HeapStore());
    return LearnerSetup.of(INPUTS)
        .policy(policy)
        .learner()
        .open(new LearnerStores("m", stores, new ExampleStore.Cache()));
  }

  static Observation image(String id, boolean positive, String backbone) {
    return new Observation(
        id,
        "d",
        backbone,
        Embedding.copyOf(new float[] {positive ? 1 : 0, 1, 0, positive ? 0 : 1}),
        Optional.of(positive),
        0.5,
        0,
        Optional.empty());
  }

  private static Observation image(String id, boolean positive) {
    return image(id, positive, LearnerSetup.FINGERPRINT);
  }

  /** What version 3 predicted. */
  private static Observation predicted(String id, boolean positive, boolean answered) {
    var image = image(id, positive);
    return new Observation(
        id,
        "d",
        image.backbone(),
        image.embedding(),
        image.positive(),
        answered ? 0.75 : 0.25,
        3,
        Optional.of(answered));
  }

  private static Observation unlabelled(Observation image) {
    return new Observation(
        image.imageId(),
        image.domain(),
        image.backbone(),
        image.embedding(),
        Optional.empty(),
        image.probability(),
        image.snapshotVersion(),
        image.predictedPositive());
  }

  private Judgement newest() {
    var judged = model.memory().scores().trained().recent().judgements();
    return judged.get(judged.size() - 1);
  }

  @Test
  void shouldTestEachImageOnTheHeadThatHasNotLearntIt() {
    for (int n = 0; n < 12; n++) {
      var image = image("image-" + n, n % 2 == 0);
      learner.see(model.memory(), image.embedding());
      double before = learner.probability(model.memory(), image.embedding());
      step.label(model, image);
      assertThat(newest().probability()).isEqualTo((float) before);
    }
    assertThat(newest().right()).as("it has learnt").isTrue();
    assertThat(model.memory().examples()).isEqualTo(12);
  }

  @Test
  void shouldTellWhetherTheWeightsHaveChanged() {
    assertThat(step.observe(model, unlabelled(image("a", true)))).isFalse();
    assertThat(model.memory().predictions()).isEqualTo(1);
    assertThat(model.memory().examples()).isZero();
    step.observe(model, image("b", true));
    assertThat(step.observe(model, image("c", false))).as("both classes are known").isTrue();
    assertThat(model.memory().predictions()).isEqualTo(3);
    assertThat(model.memory().examples()).isEqualTo(2);
  }

  @Test
  void shouldCountAnAnswerForTheVersionThatPublishedIt() {
    step.observe(model, image("a", true));
    assertThat(model.memory().scores().served().examples()).as("no head answered").isZero();
    step.observe(model, predicted("b", true, false));
    assertThat(model.memory().scores().version(3).recent().judgements())
        .containsExactly(new Judgement(0.25f, false, true));
    assertThat(model.memory().scores().served().examples()).isEqualTo(1);
  }

  @Test
  void shouldNotLearnWhatIsHeldOutAndCountItAllTheSame() {
    var gated = open(PromotionPolicy.GATED);
    for (int n = 0; n < 40; n++) {
      step.observe(gated, image("image-" + n, n % 2 == 0));
    }
    int heldOut = gated.release().record().heldOut().size();
    assertThat(heldOut).isBetween(5, 20);
    assertThat(gated.memory().reservoir().size()).isEqualTo(40 - heldOut);
    assertThat(gated.memory().examples()).isEqualTo(40);
    assertThat(gated.memory().scores().trained().examples()).isEqualTo(40);
  }

  @Test
  void shouldJudgeAnewAndLearnAnotherLabel() {
    step.observe(model, image("a", true));
    step.correct(model, image("a", false));
    assertThat(newest().positive()).isFalse();
    assertThat(model.memory().corrections()).isEqualTo(1);
    assertThat(model.memory().examples()).isEqualTo(1);
    assertThat(model.memory().reservoir().size()).as("the old label is not replayed").isEqualTo(1);
  }

  @Test
  void shouldKeepHeldOutWhatGetsAnotherLabel() {
    var gated = open(PromotionPolicy.GATED);
    for (int n = 0; n < 40; n++) {
      step.observe(gated, image("image-" + n, n % 2 == 0));
    }
    int heldOut = gated.release().record().heldOut().size();
    int learnt = gated.memory().reservoir().size();
    for (int n = 0; n < 40; n++) {
      step.correct(gated, image("image-" + n, n % 2 != 0));
    }
    assertThat(gated.release().record().heldOut().size()).isEqualTo(heldOut);
    assertThat(gated.memory().reservoir().size()).isEqualTo(learnt);
    assertThat(gated.memory().corrections()).isEqualTo(40);
  }

  @Test
  void shouldLeanTowardsTheDomainWhereAnswersBecameWorseIfToldTo() {
    var reports = open(PromotionPolicy.CONTINUOUS);
    var reporting = new PrequentialStep(learner, DriftReaction.REPORT);
    for (int n = 0; n < 300; n++) {
      var image = predicted("image-" + n, n % 2 == 0, n % 2 == 0 == n < 200);
      step.observe(model, image);
      reporting.observe(reports, image);
    }
    assertThat(reports.memory().drift().takeAlarms()).isNotEmpty();
    assertThat(reports.memory().focus()).isEqualTo(Focus.NONE);
    assertThat(model.memory().focus().domain()).isEqualTo("d");
  }

  @Test
  void shouldRefuseAnImageOfAnotherBackboneOrLength() {
    assertRefused(
        image("a", true, "cd".repeat(32)),
        ErrorCode.BACKBONE_MISMATCH,
        "image a was embedded by backbone cdcdcdcdcdcd, the head of model m was trained on"
            + " abababababab; start with that one's weights");
    var image = image("a", true);
    assertRefused(
        new Observation(
            "a",
            "d",
            image.backbone(),
            Embedding.copyOf(new float[] {1, 2}),
            image.positive(),
            0.5,
            0,
            Optional.empty()),
        ErrorCode.EVENT_MALFORMED,
        "image a has an embedding of 2 values, the head of model m expects 4");
  }

  private void assertRefused(Observation image, ErrorCode code, String why) {
    assertThatThrownBy(() -> PrequentialStep.requireBackbone(model.memory(), image))
        .isInstanceOfSatisfying(RejectedException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessage(why);
  }
}
