package dev.headwater.learner.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.evaluation.Judgement;
import dev.headwater.evaluation.ScoreCard;
import dev.headwater.learner.model.ScoreBook.Served;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScoreReportTest {
  private static final Judgement HIT = new Judgement(0.75f, true, true);
  private static final Judgement MISS = new Judgement(0.75f, true, false);

  private final ScoreBook book = ScoreBook.read("m", new HeapStore());

  private void add(String domain, Judgement trained, long version, Judgement served) {
    book.add(domain, trained, Optional.of(new Served(version, served)));
  }

  @Test
  void shouldTellNothingOfAModelThatHasNotBeenScored() {
    var report = new ScoreReport(book);
    assertThat(report.accuracy()).isEmpty();
    assertThat(report.windowAccuracy()).isEmpty();
    assertThat(report.servedAccuracy()).isEmpty();
    assertThat(report.servedExamples()).isZero();
    assertThat(report.domains()).isEmpty();
    assertThat(report.servedVersions()).isEmpty();
  }

  @Test
  void shouldTellTheHeadInTrainingFromWhatWasPublished() {
    book.add("photo", HIT, Optional.empty());
    add("photo", HIT, 4, MISS);
    add("sketch", HIT, 3, HIT);
    add("photo", MISS, 4, MISS);
    var report = new ScoreReport(book);
    assertThat(report.accuracy()).contains(0.75);
    assertThat(report.windowAccuracy()).contains(0.75);
    assertThat(report.servedAccuracy()).contains(1 / 3.0);
    assertThat(report.servedExamples()).isEqualTo(3);
    assertThat(report.trained().overall().examples()).isEqualTo(4);
    assertThat(report.served().overall().examples()).isEqualTo(3);
    assertThat(report.domains().keySet()).containsExactly("photo", "sketch");
    assertThat(report.domains().get("photo").accuracy()).contains(2 / 3.0);
    assertThat(report.servedVersions().keySet()).containsExactly(3L, 4L);
    assertThat(report.servedVersions().get(4L).accuracy()).contains(0.0);
  }

  @Test
  void shouldTellTheNewestFromAll() {
    for (int n = 0; n < ScoreCard.WINDOW; n++) {
      book.add("d", MISS, Optional.empty());
    }
    for (int n = 0; n < ScoreCard.WINDOW; n++) {
      book.add("d", HIT, Optional.empty());
    }
    var report = new ScoreReport(book);
    assertThat(report.accuracy()).contains(0.5);
    assertThat(report.windowAccuracy()).contains(1.0);
    var spans = report.trained();
    assertThat(spans.overall().accuracy()).contains(0.5);
    assertThat(spans.window().accuracy()).contains(1.0);
    assertThat(spans.window().examples()).isEqualTo(ScoreCard.WINDOW);
    assertThat(spans.fading().accuracy().orElseThrow()).isBetween(0.5, 1.0);
  }
}
