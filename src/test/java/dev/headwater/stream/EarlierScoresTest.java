package dev.headwater.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.evaluation.Judgement;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** State that earlier builds left is read on. */
class EarlierScoresTest {
  private static final String FORMAT_2 =
      """
      {"format":2,"backbone":"b","reducedQuality":false,"examples":4,"predictions":9,"repeated":1,
       "corrections":0,"version":2,"snapshotLessons":4,"pending":0,"steps":3,
       "scores":{"trained":{"examples":4,"correct":3},"window":{"size":200,"answers":"1011"},
                 "served":{"examples":2,"correct":1},
                 "versions":{"1":{"examples":1,"correct":1},"2":{"examples":1,"correct":0}},
                 "domains":{"z":{"examples":3,"correct":3},"a":{"examples":1,"correct":0}}},
       "reservoir":{"capacity":100,"groups":[]}}
      """;

  private static final String FORMAT_1 =
      """
      {"format":1,"backbone":"b","reducedQuality":false,"examples":4,"predictions":9,
       "version":2,"snapshotExamples":4,"pending":0,"steps":3,
       "scores":{"trained":{"examples":4,"correct":3},"window":{"size":200,"answers":"1011"},
                 "served":{"examples":2,"correct":1},"domains":{"z":{"examples":4,"correct":3}}},
       "reservoir":{"capacity":100,"groups":[]}}
      """;

  private final HeapStore scores = new HeapStore();
  private final LearnerStores stores =
      new LearnerStores(
          new LearnerBytes<>(
              new HeapStore(),
              new HeapStore(),
              new HeapStore(),
              new HeapStore(),
              scores,
              new HeapStore(),
              new HeapStore()));

  private static ModelProgress read(String json) {
    return LearnerStores.readProgress(json.getBytes(UTF_8));
  }

  @Test
  void shouldGoOnCountingTheAccuraciesOfFormatTwo() {
    var progress = read(FORMAT_2);
    var book = stores.scores("m", progress);
    var answer = book.add("a", new Judgement(0.9f, true, true), Optional.empty());
    assertThat(answer.number()).isEqualTo(5);
    assertThat(answer.domainNumber()).isEqualTo(2);
    var reader = new ScoreReader(new ScoreStore("m", scores.reopened()));
    assertThat(reader.accuracy()).contains(0.8);
    assertThat(reader.servedAccuracy()).contains(0.5);
    assertThat(reader.domains().keySet()).containsExactly("z", "a");
    assertThat(reader.domains().get("a").accuracy()).contains(0.5);
    assertThat(reader.servedVersions().get(2L).accuracy()).contains(0.0);
    assertThat(reader.trained().overall().examples()).isEqualTo(1);
    assertThat(reader.windowAccuracy()).as("of the answers since").contains(1.0);
  }

  @Test
  void shouldTellOfAModelThatNothingHasReachedSince() {
    var reader = ScoreReader.of("m", read(FORMAT_2), scores);
    assertThat(reader.accuracy()).contains(0.75);
    assertThat(reader.servedExamples()).isEqualTo(2);
    assertThat(reader.domains().get("z").examples()).isEqualTo(3);
    assertThat(reader.trained().overall().auc()).isEmpty();
    assertThat(scores.entries()).as("what was written by reading").isEmpty();
  }

  @Test
  void shouldReadFormatOneWhichKnewNoVersions() {
    var reader = ScoreReader.of("m", read(FORMAT_1), scores);
    assertThat(reader.accuracy()).contains(0.75);
    assertThat(reader.servedVersions()).isEmpty();
    assertThat(reader.domains()).containsOnlyKeys("z");
  }

  @Test
  void shouldWriteNoScoresIntoTheProgressAnyMore() {
    var progress = new HeapStore();
    var all =
        new LearnerStores(
            new LearnerBytes<>(
                progress,
                new HeapStore(),
                new HeapStore(),
                new HeapStore(),
                scores,
                new HeapStore(),
                new HeapStore()));
    all.saveProgress("m", ModelProgress.initial("b", false, 10));
    assertThat(new String(progress.get("m"), UTF_8))
        .contains("\"format\":5")
        .doesNotContain("scores");
    assertThat(all.progress("m").orElseThrow().earlierScores()).isNull();
  }

  @Test
  void shouldRefuseAFormatOfALaterBuild() {
    assertThatThrownBy(() -> read(FORMAT_2.replace("\"format\":2", "\"format\":6")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("format 6: this build reads 1 to 5");
  }
}
