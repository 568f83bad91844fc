package dev.headwater.learner;

import dev.headwater.learner.model.ByteSource;
import dev.headwater.learner.model.ModelState;
import dev.headwater.learner.model.ScoreBook;
import dev.headwater.learner.release.ReleaseRecord;
import dev.headwater.learner.release.VersionStore;
import java.util.Optional;

/**
 * What is known of one model at one moment.
 *
 * @param state what it has learnt
 * @param release its versions
 * @param scores how good its predictions were
 */
public record ModelView(ModelState state, ReleaseRecord release, ScoreBook scores) {

  /**
   * Where a checkpoint can be read.
   *
   * @param progress the store of states
   * @param versions the store of versions
   * @param scores the store of scores
   */
  public record Source(ByteSource progress, ByteSource versions, ByteSource scores) {}

  /** Reads a model as its checkpoint has it; empty if there is none. */
  static Optional<ModelView> read(String model, Source saved) {
    byte[] state = saved.progress().get(model);
    return state == null
        ? Optional.empty()
        : VersionStore.record(model, saved.versions())
            .map(
                release ->
                    new ModelView(
                        ModelState.read(state), release, ScoreBook.read(model, saved.scores())));
  }
}
