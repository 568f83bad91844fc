package dev.headwater.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ScoreIndexTest {
  @Test
  void shouldKeepDomainsInOrderOfFirstAppearance() {
    var index = ScoreIndex.NONE;
    for (String domain : new String[] {"z", "a", "m", "a"}) {
      index = index.withDomain(domain);
    }
    assertThat(index.domains()).containsExactly("z", "a", "m");
  }

  @Test
  void shouldNameDomainsBeyondTheLimitTogether() {
    var index = ScoreIndex.NONE;
    for (int i = 0; i < ScoreIndex.MOST_DOMAINS; i++) {
      index = index.withDomain(index.known("domain-" + i));
    }
    assertThat(index.known("domain-7")).isEqualTo("domain-7");
    assertThat(index.known("new")).isEqualTo(ScoreIndex.OTHER);
    index = index.withDomain(index.known("new")).withDomain(index.known("newer"));
    assertThat(index.domains()).hasSize(ScoreIndex.MOST_DOMAINS + 1).endsWith(ScoreIndex.OTHER);
  }

  @Test
  void shouldKeepTheNewestVersionsAndTakeNoOlderOne() {
    var index = ScoreIndex.NONE;
    for (long version = 2; version <= ScoreIndex.MOST_VERSIONS + 1; version++) {
      assertThat(index.takes(version)).isTrue();
      assertThat(index.displacedBy(version)).isEmpty();
      index = index.withVersion(version);
    }
    assertThat(index.takes(1)).isFalse();
    assertThat(index.takes(2)).isTrue();
    assertThat(index.displacedBy(2)).isEmpty();
    assertThat(index.displacedBy(99)).contains(2L);
    assertThat(index.withVersion(99).versions())
        .hasSize(ScoreIndex.MOST_VERSIONS)
        .doesNotContain(2L)
        .contains(99L);
  }

  @Test
  void shouldNotLetItsPartsBeChanged() {
    var index = ScoreIndex.NONE.withDomain("a").withVersion(1);
    assertThatThrownBy(() -> index.domains().add("b"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> index.versions().add(2L))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
