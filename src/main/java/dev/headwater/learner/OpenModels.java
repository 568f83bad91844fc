package dev.headwater.learner;

import dev.headwater.learner.model.ByteStore;
import dev.headwater.learner.model.ExampleStore;
import dev.headwater.learner.model.LearnerByteStores;
import dev.headwater.learner.model.ModelState;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The models of a task that are at work: the {@link #MOST} used last, each with some 5 MB of
 * changes at most, and its weights and moments.
 *
 * <p>Whoever owns the stores makes a new one whenever they may have been rolled back.
 */
public final class OpenModels {
  /** More that learn in turns cost a checkpoint a turn. */
  static final int MOST = 24;

  private final ModelLearner learner;
  private final LearnerByteStores<?> saved;
  private final ByteStore journals;
  private final LiveModels live;
  private final ExampleStore.Cache cache = new ExampleStore.Cache();
  private final Map<String, OpenModel> models = new LinkedHashMap<>(16, 0.75f, true);

  public OpenModels(
      ModelLearner learner, LearnerByteStores<?> saved, ByteStore journals, LiveModels live) {
    this.learner = learner;
    this.saved = saved;
    this.journals = journals;
    this.live = live;
  }

  /** Returns a model, which is opened if it was not at work. */
  public OpenModel get(String name) {
    var known = models.get(name);
    if (known != null) {
      return known;
    }
    if (models.size() == MOST) {
      closeEldest();
    }
    var opened = OpenModel.open(name, learner, saved, journals, cache);
    models.put(name, opened);
    live.add(opened);
    return opened;
  }

  private void closeEldest() {
    var eldest = models.entrySet().iterator().next();
    eldest.getValue().checkpoint();
    live.remove(eldest.getValue());
    models.remove(eldest.getKey());
  }

  /** Whether a model has taken anything. */
  public boolean exists(String name) {
    var atWork = models.get(name);
    return atWork == null ? saved.progress().get(name) != null : atWork.hasBegun();
  }

  /** Opens a model if it has a journal to replay; returns its progress in any case. */
  public OpenModel.Progress recover(String name) {
    if (models.containsKey(name) || !Journal.isEmpty(name, journals)) {
      return get(name).progress();
    }
    var saved = ModelState.read(this.saved.progress().get(name));
    return new OpenModel.Progress(saved.labels(), saved.snapshotLabels());
  }

  /** Returns the models at work, the one used last at the end. */
  public Iterable<OpenModel> atWork() {
    return models.values();
  }

  /** Forgets all of them; what the stores do not have is not kept. */
  public void close() {
    models.values().forEach(live::remove);
    models.clear();
    cache.clear();
  }
}
