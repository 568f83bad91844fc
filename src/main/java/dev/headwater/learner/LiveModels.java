package dev.headwater.learner;

import dev.headwater.learner.model.ByteSource;
import dev.headwater.learner.model.LearnerByteStores;
import dev.headwater.learner.model.LearnerStores;
import dev.headwater.learner.model.ModelState;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What models at work have changed since their checkpoints, for those who ask how they are doing.
 * Thread-safe; it lives as long as the streams that run here.
 */
public final class LiveModels {
  private final Map<String, LearnerByteStores<WriteBuffer>> changes = new ConcurrentHashMap<>();

  void add(String model, LearnerByteStores<WriteBuffer> its) {
    changes.put(model, its);
  }

  /** Removes a model, unless another task has opened it since. */
  void remove(String model, LearnerByteStores<WriteBuffer> its) {
    changes.remove(model, its);
  }

  /** Returns a model's progress as it is now, given where the checkpoint's is. */
  public ModelState progress(String model, ByteSource saved) {
    var live = changes.get(model);
    var source = live == null ? saved : live.progress().over(saved);
    return LearnerStores.readProgress(source.get(model));
  }

  /** Returns where a model's versions are as they are now, given where the checkpoint's are. */
  public ByteSource versions(String model, ByteSource saved) {
    var live = changes.get(model);
    return live == null ? saved : live.versions().over(saved);
  }

  /** Returns where a model's scores are as they are now, given where the checkpoint's are. */
  public ByteSource scores(String model, ByteSource saved) {
    var live = changes.get(model);
    return live == null ? saved : live.scores().over(saved);
  }
}
