package dev.headwater.learner;

import dev.headwater.learner.model.ByteSource;
import dev.headwater.learner.release.VersionStore;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The models that are open, for those who ask how they are doing from other threads. Thread-safe;
 * it lives as long as the streams that run here.
 */
public final class LiveModels {
  private final Map<String, OpenModel> models = new ConcurrentHashMap<>();

  void add(OpenModel model) {
    models.put(model.name(), model);
  }

  /** Removes a model, unless another task has opened it since. */
  void remove(OpenModel model) {
    models.remove(model.name(), model);
  }

  /**
   * Returns what is known of a model now: of one that is not open, as its checkpoint has it.
   *
   * @param saved the stores with the checkpoint
   * @return empty if the model has taken no input
   */
  public Optional<ModelView> view(String model, ModelView.Source saved) {
    var live = models.get(model);
    return live == null ? ModelView.read(model, saved) : live.view();
  }

  /**
   * Returns the file of a version that is kept; empty if it is not.
   *
   * @param saved the store with versions as of the checkpoint
   */
  public Optional<byte[]> versionFile(String model, long version, ByteSource saved) {
    var live = models.get(model);
    var source = live == null ? saved : live.versionsOver(saved);
    return Optional.ofNullable(VersionStore.file(model, version, source));
  }
}
