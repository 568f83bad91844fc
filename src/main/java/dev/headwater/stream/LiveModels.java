package dev.headwater.stream;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What models at work have changed since their checkpoints, for those who ask how they are doing.
 * Thread-safe; it lives as long as the streams that run here.
 */
final class LiveModels {
  private final Map<String, LearnerBytes<Overlay>> changes = new ConcurrentHashMap<>();

  void add(String model, LearnerBytes<Overlay> its) {
    changes.put(model, its);
  }

  /** Removes a model, unless another task has opened it since. */
  void remove(String model, LearnerBytes<Overlay> its) {
    changes.remove(model, its);
  }

  /** Returns a model's progress as it is now, given where the checkpoint's is. */
  ModelProgress progress(String model, ByteSource saved) {
    var live = changes.get(model);
    var source = live == null ? saved : live.progress().over(saved);
    return LearnerStores.readProgress(source.get(model));
  }

  /** Returns where a model's versions are as they are now, given where the checkpoint's are. */
  ByteSource versions(String model, ByteSource saved) {
    var live = changes.get(model);
    return live == null ? saved : live.versions().over(saved);
  }

  /** Returns where a model's scores are as they are now, given where the checkpoint's are. */
  ByteSource scores(String model, ByteSource saved) {
    var live = changes.get(model);
    return live == null ? saved : live.scores().over(saved);
  }
}
