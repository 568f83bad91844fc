package dev.headwater.bench.learning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.backbone.Embedding;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DriverTest {
  private final AtomicLong clock = new AtomicLong();
  private final Driver driver = new Driver(() -> clock.getAndAdd(10));

  /** Writes down what it is asked, and answers with the newest label it knows. */
  private static final class Scribe implements Learner {
    private final List<String> calls = new ArrayList<>();
    private boolean newest;

    @Override
    public void observe(Embedding embedding, String domain) {
      calls.add("observe " + domain);
    }

    @Override
    public Answer predict(Embedding embedding, String domain) {
      calls.add("predict " + domain);
      return Answer.of(newest ? 1 : 0);
    }

    @Override
    public void learn(Embedding embedding, boolean positive, String domain) {
      calls.add("learn " + positive);
      newest = positive;
    }
  }

  @Test
  void shouldAskForAnAnswerBeforeItTellsTheLabel() {
    var scribe = new Scribe();
    driver.run(scribe, Clouds.stream(1, 1).subList(0, 2), 1_000);
    assertThat(scribe.calls)
        .containsExactly(
            "observe day",
            "predict day",
            "learn false",
            "observe day",
            "predict day",
            "learn true");
  }

  @Test
  void shouldJudgeAnswersGivenBeforeTheLabels() {
    var run = driver.run(new Scribe(), Clouds.stream(2, 1), 1_000);
    assertThat(run.judged().stream().map(Judged::right))
        .containsExactly(true, false, false, false, false, false, false, false);
    assertThat(run.finished()).isTrue();
  }

  @Test
  void shouldStopALearnerWhoseTimeIsUp() {
    var run = driver.run(new Scribe(), Clouds.stream(5, 1), 35);
    assertThat(run.finished()).isFalse();
    assertThat(run.judged()).hasSize(4);
    assertThat(run.nanos()).isEqualTo(40);
  }

  @Test
  void shouldTellOnlyTheLabelsThatAreAskedFor() {
    var scribe = new Scribe();
    var sparing = new SparingLearner(scribe, answer -> !answer.positive());
    var run = driver.run(sparing, Clouds.stream(1, 1).subList(0, 3), 1_000);
    // It answers with the newest label it knows, and asks as long as that is negative.
    assertThat(scribe.calls.stream().filter(call -> call.startsWith("learn")))
        .containsExactly("learn false", "learn true");
    assertThat(run.labels()).isEqualTo(2);
    assertThat(run.labelShare()).isEqualTo(2 / 3.0);
    assertThat(run.judged()).hasSize(3);
  }
}
