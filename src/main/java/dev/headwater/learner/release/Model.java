package dev.headwater.learner.release;

import dev.headwater.learner.model.ModelMemory;

/**
 * One model, live: what it has learnt, and which of its versions serves. Not thread-safe.
 *
 * @param memory what it has learnt
 * @param release its versions
 */
public record Model(ModelMemory memory, ReleaseState release) {

  public String name() {
    return memory.model();
  }

  /** Turns into bytes what has changed since it was opened or saved last. */
  public void save() {
    memory.save();
    release.save();
  }
}
