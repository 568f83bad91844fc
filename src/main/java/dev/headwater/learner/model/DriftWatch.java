package dev.headwater.learner.model;

import dev.headwater.backbone.Embedding;
import dev.headwater.evaluation.Alarm;
import java.util.ArrayList;
import java.util.List;

/** Watches one model for drift while it takes one input. */
public final class DriftWatch {
  private final String model;
  private final DriftDetectorStore detectors;
  private final List<Alarm> alarms = new ArrayList<>();

  public DriftWatch(String model, DriftDetectorStore detectors) {
    this.model = model;
    this.detectors = detectors;
  }

  /**
   * Watches what an image looks like; returns what that tells of drift.
   *
   * @param first whether it is the model's first
   */
  public List<Alarm> see(Embedding embedding, boolean first) {
    return raised(detectors.see(model, embedding, first));
  }

  /** Watches how a published answer was judged; returns what that tells of drift. */
  public List<Alarm> judge(String domain, boolean wrong, double loss) {
    return raised(detectors.judge(model, domain, wrong, loss));
  }

  private List<Alarm> raised(List<Alarm> found) {
    alarms.addAll(found);
    return found;
  }

  /** What was found to have changed at this input. */
  public List<Alarm> alarms() {
    return List.copyOf(alarms);
  }
}
