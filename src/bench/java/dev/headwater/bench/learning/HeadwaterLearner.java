package dev.headwater.bench.learning;

import dev.headwater.backbone.Embedding;
import dev.headwater.head.Calibration;
import dev.headwater.head.Example;
import dev.headwater.head.LearnerMemory;
import dev.headwater.head.LearnerSettings;
import dev.headwater.head.OnlineLearner;
import java.util.function.UnaryOperator;

/** The service's own learner: the same class with the same settings, its memory on the heap. */
final class HeadwaterLearner implements Learner {
  private final OnlineLearner learner;
  private final LearnerMemory memory;

  HeadwaterLearner(int inputs, long seed) {
    this(inputs, seed, LearnerSettings.DEFAULT.replayBatches(), weighed -> weighed);
  }

  /**
   * @param replayBatches instead of the default
   * @param weighing changes how both components' scores are weighed
   */
  HeadwaterLearner(int inputs, long seed, int replayBatches, UnaryOperator<Calibration> weighing) {
    var defaults = LearnerSettings.DEFAULT;
    var settings =
        new LearnerSettings(
            defaults.batchSize(), replayBatches, defaults.reservoirCapacity(), seed);
    learner = new OnlineLearner(settings, inputs);
    memory = new HeapMemory(inputs, settings, weighing);
  }

  @Override
  public void observe(Embedding embedding, String domain) {
    learner.see(memory, embedding);
  }

  @Override
  public Answer predict(Embedding embedding, String domain) {
    return Answer.of(learner.probability(memory, embedding));
  }

  @Override
  public void learn(Embedding embedding, boolean positive, String domain) {
    learner.learn(memory, new Example("image " + memory.examples(), embedding, positive, domain));
  }
}
