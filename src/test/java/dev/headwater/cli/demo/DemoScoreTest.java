package dev.headwater.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.event.Prediction;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DemoScoreTest {
  private final DemoScore score = new DemoScore();

  private void predicted(String domain, boolean right, long version) {
    var prediction =
        new Prediction(
            "id",
            "default",
            domain,
            right ? 0.9 : 0.1,
            Optional.empty(),
            0.1,
            false,
            0.5,
            version,
            "sha256:abc",
            false,
            Instant.EPOCH);
    score.predicted(domain, true, prediction);
  }

  @Test
  void shouldNotScoreAnUntrainedHead() {
    predicted("noto", false, 0);
    predicted("noto", true, 3);

    assertThat(score.overall().images()).isEqualTo(2);
    assertThat(score.overall().accuracy()).contains(1.0);
    assertThat(score.version()).isEqualTo(3);
  }

  @Test
  void shouldKeepTheFirstAndTheLastOfADomainApart() {
    for (int i = 0; i < 2 * DemoScore.EDGE; i++) {
      predicted("noto", i >= DemoScore.EDGE, 1);
    }
    predicted("twemoji", true, 1);

    var noto = score.domains().get("noto");
    assertThat(noto.first()).contains(0.0);
    assertThat(noto.last()).contains(1.0);
    assertThat(noto.accuracy()).contains(0.5);
    assertThat(score.domains()).containsOnlyKeys("noto", "twemoji");
  }

  @Test
  void shouldForgetWhatIsNotRecent() {
    for (int i = 0; i < 3 * DemoScore.RECENT; i++) {
      predicted("noto", i >= 2 * DemoScore.RECENT, 1);
    }

    assertThat(score.recentAccuracy()).contains(1.0);
  }

  @Test
  void shouldCountRefusalsAsAnswered() {
    score.refused();

    assertThat(score.answered()).isEqualTo(1);
    assertThat(score.refusals()).isEqualTo(1);
    assertThat(score.recentAccuracy()).isEmpty();
  }
}
