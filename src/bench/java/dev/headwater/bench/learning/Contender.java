package dev.headwater.bench.learning;

import dev.headwater.head.LabelAdvisor;
import java.util.SplittableRandom;

/**
 * A learner to compare.
 *
 * @param name short, as in the table and in {@code --peers}
 * @param description what it is, with every setting that is not its default
 * @param usual whether it takes part unless it is left out; others only if named
 * @param start makes one that has learnt nothing
 */
public record Contender(String name, String description, boolean usual, Start start) {
  /** Labels lent at the beginning, as in the service. */
  private static final double LOAN = 12;

  /** Makes learners. */
  @FunctionalInterface
  public interface Start {
    /**
     * Returns one that has learnt nothing.
     *
     * @param inputs length of an embedding
     * @param seed of whatever it draws
     */
    Learner learner(int inputs, long seed);
  }

  /** Returns it learning from labels of images drawn at random. */
  Contender atRandom(double rate) {
    return new Contender(
        name + ", random",
        description + "; labels of %s of the images, drawn at random".formatted(rate),
        usual,
        (inputs, seed) -> {
          var random = new SplittableRandom(seed);
          return new SparingLearner(
              start.learner(inputs, seed), answer -> random.nextDouble() < rate);
        });
  }

  /** Returns it learning from the labels that the service's {@code needsLabel} asks for. */
  Contender asAdvised(double rate) {
    return new Contender(
        name + ", asked",
        description + "; labels of at most %s of the images, as needsLabel asks".formatted(rate),
        usual,
        (inputs, seed) -> {
          var advisor = new LabelAdvisor(rate, LabelAdvisor.Purse.lent(LOAN));
          return new SparingLearner(
              start.learner(inputs, seed),
              answer -> advisor.asks(LabelAdvisor.doubt(answer.probability(), 0.5)));
        });
  }
}
