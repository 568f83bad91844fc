package dev.headwater.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScoresTest {
  @Test
  void shouldCountTheTrainedHeadOverallInTheWindowAndByDomain() {
    var scores =
        Scores.none()
            .plus("photo", true, Optional.empty())
            .plus("sketch", false, Optional.empty())
            .plus("photo", false, Optional.empty());
    assertThat(scores.trained()).isEqualTo(new Tally(3, 1));
    assertThat(scores.window().answers()).isEqualTo("100");
    assertThat(scores.domains())
        .containsOnlyKeys("photo", "sketch")
        .containsEntry("photo", new Tally(2, 1))
        .containsEntry("sketch", new Tally(1, 0));
  }

  @Test
  void shouldCountTheServedHeadOnlyWhereATrainedOneAnswered() {
    var scores =
        Scores.none()
            .plus("a", true, Optional.empty())
            .plus("a", true, Optional.of(new Scores.Served(1, false)))
            .plus("a", false, Optional.of(new Scores.Served(2, true)));
    assertThat(scores.served()).isEqualTo(new Tally(2, 1));
  }

  @Test
  void shouldCountEachVersionApartAndKeepTheNewest() {
    var scores = Scores.none();
    for (long version = 1; version <= Scores.MOST_VERSIONS + 3; version++) {
      scores = scores.plus("a", true, Optional.of(new Scores.Served(version, version % 2 == 0)));
    }
    assertThat(scores.versions()).hasSize(Scores.MOST_VERSIONS);
    assertThat(scores.versions().firstKey()).isEqualTo(4);
    assertThat(scores.versions())
        .containsEntry(5L, new Tally(1, 0))
        .containsEntry(6L, new Tally(1, 1));
    scores = scores.plus("a", true, Optional.of(new Scores.Served(2, true)));
    assertThat(scores.versions()).as("of a version no longer apart").doesNotContainKey(2L);
    assertThat(scores.served().examples()).isEqualTo(Scores.MOST_VERSIONS + 4);
  }

  @Test
  void shouldJudgeAnewWhatACorrectionConcernsAndNothingElse() {
    var scores =
        Scores.none()
            .plus("a", true, Optional.of(new Scores.Served(3, true)))
            .plus("b", false, Optional.of(new Scores.Served(4, true)))
            .plus("a", true, Optional.empty());
    var corrected =
        scores
            .corrected(new Answer(1, "a", true).corrected())
            .corrected(new Scores.Served(3, false));
    assertThat(corrected.trained()).isEqualTo(new Tally(3, 1));
    assertThat(corrected.window().answers()).isEqualTo("001");
    assertThat(corrected.domains())
        .containsEntry("a", new Tally(2, 1))
        .containsEntry("b", new Tally(1, 0));
    assertThat(corrected.served()).isEqualTo(new Tally(2, 1));
    assertThat(corrected.versions())
        .containsEntry(3L, new Tally(1, 0))
        .containsEntry(4L, new Tally(1, 1));
  }

  @Test
  void shouldCorrectAnAnswerThatTheWindowNoLongerHas() {
    var scores = Scores.none();
    for (int i = 0; i <= Scores.WINDOW; i++) {
      scores = scores.plus("a", true, Optional.empty());
    }
    var corrected = scores.corrected(new Answer(1, "a", false));
    assertThat(corrected.window()).isEqualTo(scores.window());
    assertThat(corrected.trained().correct()).isEqualTo(Scores.WINDOW);
  }

  @Test
  void shouldKeepDomainsInOrderOfFirstAppearance() {
    var scores = Scores.none();
    for (String domain : new String[] {"z", "a", "m", "a"}) {
      scores = scores.plus(domain, true, Optional.empty());
    }
    assertThat(scores.domains().keySet()).containsExactly("z", "a", "m");
  }

  @Test
  void shouldLookBackOverTheNewestAnswersOnly() {
    var scores = Scores.none();
    for (int i = 0; i < 2 * Scores.WINDOW; i++) {
      scores = scores.plus("a", i >= Scores.WINDOW, Optional.empty());
    }
    assertThat(scores.trained().accuracy()).contains(0.5);
    assertThat(scores.window().accuracy()).contains(1.0);
  }

  @Test
  void shouldCountDomainsBeyondTheLimitTogetherAndLoseNoAnswer() {
    var scores = Scores.none();
    for (int i = 0; i < Scores.MOST_DOMAINS + 50; i++) {
      scores = scores.plus("domain-" + i, true, Optional.empty());
    }
    assertThat(scores.domains()).hasSize(Scores.MOST_DOMAINS + 1);
    assertThat(scores.domains()).containsEntry(Scores.OTHER, new Tally(50, 50));
    assertThat(scores.known("domain-0")).isEqualTo("domain-0");
    assertThat(scores.known("new")).isEqualTo(Scores.OTHER);
    long counted = scores.domains().values().stream().mapToLong(Tally::examples).sum();
    assertThat(counted).isEqualTo(scores.trained().examples());
  }

  @Test
  void shouldStillCountAKnownDomainApartOnceTheLimitIsReached() {
    var scores = Scores.none();
    for (int i = 0; i < Scores.MOST_DOMAINS + 1; i++) {
      scores = scores.plus("domain-" + i, true, Optional.empty());
    }
    scores = scores.plus("domain-3", false, Optional.empty());
    assertThat(scores.domains()).containsEntry("domain-3", new Tally(2, 1));
  }

  @Test
  void shouldNotLetItsMapBeChanged() {
    var domains = Scores.none().plus("a", true, Optional.empty()).domains();
    assertThatThrownBy(() -> domains.put("b", Tally.NONE))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
