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
