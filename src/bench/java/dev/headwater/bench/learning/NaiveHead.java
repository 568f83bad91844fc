package dev.headwater.bench.learning;

import dev.headwater.backbone.Embedding;
import dev.headwater.head.Example;
import dev.headwater.head.HeadTrainer;
import dev.headwater.head.TrainingState;
import java.util.ArrayList;
import java.util.List;

/**
 * The same head as the service's, trained as a tutorial would: each mini-batch of 32 once, on raw
 * inputs, and nothing replayed.
 */
final class NaiveHead implements Learner {
  private static final int BATCH = 32;

  private final HeadTrainer trainer;
  private final List<Example> pending = new ArrayList<>();
  private TrainingState state;

  NaiveHead(int inputs, long seed) {
    trainer = new HeadTrainer(inputs);
    state = TrainingState.initial(inputs, seed);
  }

  @Override
  public Answer predict(Embedding embedding, String domain) {
    return Answer.of(state.head().probability(embedding));
  }

  @Override
  public void learn(Embedding embedding, boolean positive, String domain) {
    pending.add(new Example("", embedding, positive, domain));
    if (pending.size() == BATCH) {
      state = trainer.train(state, List.of(List.copyOf(pending)));
      pending.clear();
    }
  }
}
