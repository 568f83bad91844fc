package dev.headwater.learner.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.evaluation.Judgement;
import dev.headwater.evaluation.ScoreCard;
import dev.headwater.evaluation.ScoreIndex;
import dev.headwater.learner.model.ScoreBook.Served;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScoreBookTest {
  private static final Judgement HIT = new Judgement(0.9f, true, true);
  private static final Judgement MISS = new Judgement(0.8f, true, false);

  private final HeapStore store = new HeapStore();
  private final ScoreBook book = ScoreBook.read("m", store);

  private static Optional<Served> by(long version, Judgement judgement) {
    return Optional.of(new Served(version, judgement));
  }

  /** What a process finds that starts after this one died. */
  private ScoreBook kept() {
    book.save(store);
    return ScoreBook.read("m", store.reopened());
  }

  @Test
  void shouldCountTheTrainedHeadOverallAndByDomain() {
    book.add("photo", HIT, Optional.empty());
    book.add("sketch", MISS, Optional.empty());
    book.add("photo", MISS, Optional.empty());
    assertThat(kept().trained()).isEqualTo(ScoreCard.NONE.plus(HIT).plus(MISS).plus(MISS));
    assertThat(kept().domain("photo")).isEqualTo(ScoreCard.NONE.plus(HIT).plus(MISS));
    assertThat(kept().domain("sketch")).isEqualTo(ScoreCard.NONE.plus(MISS));
    assertThat(kept().index().domains()).containsExactly("photo", "sketch");
    assertThat(kept().served()).isEqualTo(ScoreCard.NONE);
  }

  @Test
  void shouldCountTheServedHeadOnlyWhereATrainedOneAnswered() {
    book.add("a", HIT, Optional.empty());
    book.add("a", HIT, by(1, MISS));
    book.add("a", MISS, by(2, HIT));
    assertThat(kept().served()).isEqualTo(ScoreCard.NONE.plus(MISS).plus(HIT));
    assertThat(kept().version(1)).isEqualTo(ScoreCard.NONE.plus(MISS));
    assertThat(kept().index().versions()).containsExactly(1L, 2L);
  }

  @Test
  void shouldKeepTheCardsOfTheNewestVersionsAlone() {
    for (long version = 1; version <= ScoreIndex.MOST_VERSIONS + 3; version++) {
      book.add("a", HIT, by(version, HIT));
    }
    assertThat(kept().index().versions()).hasSize(ScoreIndex.MOST_VERSIONS).startsWith(4L);
    assertThat(store.entries().keySet()).doesNotContain("m/version/3").contains("m/version/4");
    var late = book.add("a", HIT, by(2, HIT));
    assertThat(late.published().orElseThrow().versionNumber()).isZero();
    assertThat(store.entries().keySet()).doesNotContain("m/version/2");
    assertThat(kept().served().examples()).isEqualTo(ScoreIndex.MOST_VERSIONS + 4);
    book.relabel(late, false);
    assertThat(store.entries().keySet()).doesNotContain("m/version/2");
  }

  @Test
  void shouldCountDomainsBeyondTheLimitTogetherAndLoseNoAnswer() {
    for (int i = 0; i < ScoreIndex.MOST_DOMAINS + 50; i++) {
      book.add("domain-" + i, HIT, Optional.empty());
    }
    book.add("domain-3", HIT, Optional.empty());
    assertThat(kept().domain(ScoreIndex.OTHER).examples()).isEqualTo(50);
    assertThat(kept().domain("domain-3").examples()).isEqualTo(2);
    long counted =
        kept().index().domains().stream().mapToLong(d -> kept().domain(d).examples()).sum();
    assertThat(counted).isEqualTo(kept().trained().examples());
    assertThat(store.entries()).hasSize(ScoreIndex.MOST_DOMAINS + 1 + 2);
  }

  @Test
  void shouldJudgeAnewWhatACorrectionConcernsAndNothingElse() {
    var first = book.add("a", HIT, by(3, HIT));
    book.add("b", MISS, by(4, HIT));
    book.add("a", HIT, Optional.empty());
    var other = kept();
    book.relabel(first, false);
    var turned = HIT.relabelled(false);
    assertAlike(kept().trained(), ScoreCard.NONE.plus(turned).plus(MISS).plus(HIT));
    assertAlike(kept().domain("a"), ScoreCard.NONE.plus(turned).plus(HIT));
    assertAlike(kept().served(), ScoreCard.NONE.plus(turned).plus(HIT));
    assertAlike(kept().version(3), ScoreCard.NONE.plus(turned));
    assertThat(kept().domain("b")).isEqualTo(other.domain("b"));
    assertThat(kept().version(4)).isEqualTo(other.version(4));
  }

  private static void assertAlike(ScoreCard actual, ScoreCard expected) {
    assertThat(actual.recent()).isEqualTo(expected.recent());
    assertThat(actual.overall().accuracy()).isEqualTo(expected.overall().accuracy());
    assertThat(actual.overall().auc()).isEqualTo(expected.overall().auc());
    assertThat(actual.fading().examples()).isEqualTo(expected.fading().examples());
  }

  @Test
  void shouldKeepModelsApart() {
    book.add("a", HIT, by(1, HIT));
    var other = ScoreBook.read("n", store);
    other.add("b", MISS, Optional.empty());
    other.save(store);
    assertThat(kept().trained().examples()).isEqualTo(1);
    assertThat(kept().index().domains()).containsExactly("a");
  }
}
