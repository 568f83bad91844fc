package dev.headwater.bench.moa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.backbone.Embedding;
import dev.headwater.bench.learning.Contender;
import dev.headwater.bench.learning.Learner;
import dev.headwater.bench.learning.PeerSource;
import java.util.List;
import java.util.Random;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Needs the profile "bench". */
class MoaPeersTest {
  private static final int INPUTS = 12;

  static List<Contender> peers() {
    return new MoaPeers().peers();
  }

  @Test
  void shouldBeFoundOnTheClassPath() {
    assertThat(ServiceLoader.load(PeerSource.class)).hasOnlyElementsOfType(MoaPeers.class);
  }

  @ParameterizedTest
  @MethodSource("peers")
  void shouldLearnWhatIsFarApart(Contender peer) {
    var learner = peer.start().learner(INPUTS, 1);
    int right = run(learner, 3_000, 1);
    assertThat(right).as(peer.name()).isGreaterThan(850);
  }

  @ParameterizedTest
  @MethodSource("peers")
  void shouldAnswerTheSameForTheSameSeed(Contender peer) {
    int first = run(peer.start().learner(INPUTS, 7), 300, 1);
    assertThat(run(peer.start().learner(INPUTS, 7), 300, 1)).isEqualTo(first);
  }

  @ParameterizedTest
  @MethodSource("peers")
  void shouldAnswerBeforeItHasLearntAnything(Contender peer) {
    var answer = peer.start().learner(INPUTS, 1).predict(embedding(new Random(1), true), "day");
    assertThat(answer.probability()).isBetween(0.0, 1.0);
  }

  /** Returns how many of the last 1000 answers, or fewer if there are no more, are right. */
  private static int run(Learner learner, int images, long seed) {
    var random = new Random(seed);
    int right = 0;
    for (int i = 0; i < images; i++) {
      boolean positive = random.nextBoolean();
      var embedding = embedding(random, positive);
      learner.observe(embedding, "day");
      boolean isRight = learner.predict(embedding, "day").positive() == positive;
      right += isRight && i >= images - 1_000 ? 1 : 0;
      learner.learn(embedding, positive, "day");
    }
    return right;
  }

  private static Embedding embedding(Random random, boolean positive) {
    var values = new float[INPUTS];
    for (int i = 0; i < INPUTS; i++) {
      values[i] = (float) ((positive == (i % 2 == 0) ? 1 : 0) + 0.5 * random.nextGaussian());
    }
    return Embedding.wrap(values);
  }
}
