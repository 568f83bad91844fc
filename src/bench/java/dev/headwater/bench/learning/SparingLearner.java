package dev.headwater.bench.learning;

import dev.headwater.backbone.Embedding;
import java.util.function.Predicate;

/** A learner that asks for some labels only. */
final class SparingLearner implements Learner {
  private final Learner learner;
  private final Predicate<Answer> choice;
  private boolean wants;

  /**
   * @param learner that learns
   * @param choice what it asks for, by its answers; called once an answer
   */
  SparingLearner(Learner learner, Predicate<Answer> choice) {
    this.learner = learner;
    this.choice = choice;
  }

  @Override
  public void observe(Embedding embedding, String domain) {
    learner.observe(embedding, domain);
  }

  @Override
  public Answer predict(Embedding embedding, String domain) {
    var answer = learner.predict(embedding, domain);
    wants = choice.test(answer);
    return answer;
  }

  @Override
  public boolean wantsLabel() {
    return wants;
  }

  @Override
  public void learn(Embedding embedding, boolean positive, String domain) {
    learner.learn(embedding, positive, domain);
  }
}
