package dev.headwater.learner.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.backbone.BackboneId;
import dev.headwater.event.PromotionPolicy;
import dev.headwater.event.SnapshotImport;
import dev.headwater.head.DecisionRule;
import dev.headwater.learner.model.ModelCatalog;
import dev.headwater.learner.model.ModelSettings;
import dev.headwater.snapshot.Snapshot;
import dev.headwater.snapshot.SnapshotException;
import dev.headwater.snapshot.SnapshotFile;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeadImporterTest {
  private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");
  private static final Snapshot ELSEWHERE =
      ReleaseFixture.snapshot(7, ReleaseFixture.RIGHT).withThreshold(0.25);

  private static HeadImporter importer(String backbone, int inputs, List<String> classes) {
    var settings =
        new ModelSettings("m", classes.get(0), classes.get(1), DecisionRule.parse("0.75"));
    return new HeadImporter(
        new BackboneId("test", backbone, BackboneId.Quality.REDUCED),
        inputs,
        new ModelCatalog(List.of(settings), true, 10));
  }

  private static Snapshot read(HeadImporter importer) throws SnapshotException {
    var file = new SnapshotImport("i", "m", SnapshotFile.write(ELSEWHERE));
    return importer.read(file, 3, NOW);
  }

  @Test
  void shouldMakeAVersionOfTheModelWithWhatTheFileSaysOfTheHead() throws SnapshotException {
    var made = read(importer(ReleaseFixture.BACKBONE, 2, List.of("good", "bad")));
    assertThat(made.model()).isEqualTo("m");
    assertThat(made.version()).isEqualTo(3);
    assertThat(made.parent()).as("none here").isZero();
    assertThat(made.createdBy()).isEqualTo("import");
    assertThat(made.createdAt()).isEqualTo(NOW);
    assertThat(made.classes()).as("nobody had named them").containsExactly("good", "bad");
    assertThat(made.reducedQuality()).as("as this service's backbone").isTrue();
    assertThat(made.threshold()).isEqualTo(0.25);
    assertThat(made.examples()).isEqualTo(ELSEWHERE.examples());
    assertThat(made.accuracy()).isEqualTo(ELSEWHERE.accuracy());
    assertThat(made.head()).isEqualTo(ELSEWHERE.head());
  }

  @Test
  void shouldRefuseAHeadOfAnotherBackbone() {
    var importer = importer("cd".repeat(32), 2, ReleaseFixture.CLASSES);
    assertThatThrownBy(() -> read(importer))
        .isInstanceOf(SnapshotException.class)
        .hasMessage("the head understands backbone abababababab, this service runs cdcdcdcdcdcd");
  }

  @Test
  void shouldRefuseAHeadOfOtherInputs() {
    var importer = importer(ReleaseFixture.BACKBONE, 3, ReleaseFixture.CLASSES);
    assertThatThrownBy(() -> read(importer))
        .isInstanceOf(SnapshotException.class)
        .hasMessage("the head takes 2 values, the embeddings here have 3");
  }

  @Test
  void shouldRefuseAHeadWhoseClassesAreNamedOtherwise() {
    var named =
        new Snapshot(
            "m",
            1,
            0,
            ReleaseFixture.BACKBONE,
            false,
            List.of("bad", "good"),
            0.5,
            10,
            ELSEWHERE.accuracy(),
            ELSEWHERE.windowAccuracy(),
            NOW,
            "training",
            ELSEWHERE.head());
    var file = new SnapshotImport("i", "m", SnapshotFile.write(named));
    var importer = importer(ReleaseFixture.BACKBONE, 2, List.of("good", "bad"));
    assertThatThrownBy(() -> importer.read(file, 1, NOW))
        .isInstanceOf(SnapshotException.class)
        .hasMessage(
            "the head's classes are [bad, good], the model's are [good, bad], negative first");
  }

  @Test
  void shouldRefuseAnImportToAModelThatHasLearntOnAnotherBackbone() throws SnapshotException {
    var model = new ReleaseFixture(PromotionPolicy.CONTINUOUS).model();
    importer(ReleaseFixture.BACKBONE, 2, ReleaseFixture.CLASSES).requireBackboneOf(model);
    var other = importer("cd".repeat(32), 2, ReleaseFixture.CLASSES);
    assertThatThrownBy(() -> other.requireBackboneOf(model))
        .isInstanceOf(SnapshotException.class)
        .hasMessageStartingWith("the model has learnt on backbone abababababab, this service runs");
  }
}
