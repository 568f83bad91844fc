package dev.headwater.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.backbone.Embedding;
import dev.headwater.event.ErrorCode;
import dev.headwater.event.RejectedException;
import dev.headwater.head.DenseHead;
import dev.headwater.learner.model.ModelCatalog;
import dev.headwater.learner.model.ModelSettings;
import dev.headwater.snapshot.Snapshot;
import dev.headwater.snapshot.SnapshotFile;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScorerTest {
  private static final FakeBackbone BACKBONE = new FakeBackbone();
  private static final Embedding EMBEDDING =
      Embedding.wrap(TestImage.unlabelled("one").embedding());
  private static final ModelSettings MODEL = new ModelCatalog(List.of(), true, 1).settings("m");

  private static Snapshot head(String backbone, double threshold) {
    return new Snapshot(
        "m",
        7,
        0,
        backbone,
        false,
        List.of("negative", "positive"),
        threshold,
        8,
        Optional.empty(),
        Optional.empty(),
        Instant.EPOCH,
        "training",
        DenseHead.initial(BACKBONE.embeddingSize(), 1));
  }

  private static Scorer scorer(Snapshot head) {
    return new Scorer(BACKBONE.id(), new ServedHeads(Map.of("m", SnapshotFile.write(head))::get));
  }

  private static Scorer.Score score(double threshold) throws RejectedException {
    var scorer = scorer(head(BACKBONE.id().fingerprint(), threshold));
    return scorer.score(MODEL, scorer.head("m"), EMBEDDING);
  }

  @Test
  void shouldChooseTheClassByTheThresholdOfTheHead() throws RejectedException {
    double probability = score(0.5).probability();
    assertThat(probability).isStrictlyBetween(0.0, 1.0);
    var positive = score(probability);
    assertThat(positive.isPositive()).as("at the threshold").isTrue();
    assertThat(positive.className()).isEqualTo(MODEL.className(true));
    assertThat(positive.uncertainty()).isEqualTo(1 - probability);
    assertThat(positive.version()).isEqualTo(7);
    var negative = score(Math.nextUp(probability));
    assertThat(negative.isPositive()).as("just below it").isFalse();
    assertThat(negative.className()).isEqualTo(MODEL.className(false));
    assertThat(negative.uncertainty()).isEqualTo(probability);
  }

  @Test
  void shouldBeUndecidedWithoutAHead() throws RejectedException {
    var scorer = new Scorer(BACKBONE.id(), new ServedHeads(model -> null));
    assertThat(scorer.head("m")).isEmpty();
    var score = scorer.score(MODEL, Optional.empty(), EMBEDDING);
    assertThat(score.probability()).isEqualTo(0.5);
    assertThat(score.threshold()).isEqualTo(MODEL.threshold(Optional.empty()));
    assertThat(score.version()).isZero();
  }

  @Test
  void shouldRefuseAHeadOfAnotherBackbone() {
    assertThatThrownBy(() -> scorer(head("cd".repeat(32), 0.5)).head("m"))
        .isInstanceOfSatisfying(
            RejectedException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.BACKBONE_MISMATCH));
  }
}
