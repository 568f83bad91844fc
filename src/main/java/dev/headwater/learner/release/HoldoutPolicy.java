package dev.headwater.learner.release;

import dev.headwater.event.PromotionPolicy;
import dev.headwater.head.Example;
import dev.headwater.head.OnlineLearner;
import java.util.Comparator;
import java.util.stream.Collectors;

/**
 * Sees to it that a model has images held out of training as soon as policy {@code gated} decides,
 * and none where it does not.
 *
 * @param learner gives examples up
 */
public record HoldoutPolicy(OnlineLearner learner) {
  /**
   * Of so many examples kept for replay one is held out at once: the model is to keep what it
   * knows.
   */
  private static final int SHARE = 4;

  /**
   * Follows a change of policy. Where {@code gated} begins to decide, what was learnt lately is
   * learnt no more, and held out instead, since its labels are older than what comes now. What is
   * held out already stays so while commands alone decide; where each version serves, the newest
   * labels are right by definition, and nothing is held out.
   *
   * @param before the policy that decided until now
   */
  public void followPolicy(Model model, PromotionPolicy before) {
    var now = model.release().policy();
    var comparisonSet = model.release().comparisonSet();
    if (now == PromotionPolicy.CONTINUOUS && now != before) {
      comparisonSet.holdNoneOut();
    } else if (now == PromotionPolicy.GATED && now != before && !comparisonSet.holdsEnoughOut()) {
      holdOutTheNewest(model, comparisonSet);
    }
  }

  private void holdOutTheNewest(Model model, ComparisonSet comparisonSet) {
    var pending =
        model.memory().pending().stream().map(Example::imageId).collect(Collectors.toSet());
    var oldest =
        comparisonSet
            .notHeldOut()
            .filter(example -> !pending.contains(example.imageId()))
            .sorted(Comparator.comparingLong(ComparisonExample::number))
            .limit(model.memory().reservoir().size() / SHARE)
            .toList();
    learner.takeOut(
        model.memory(),
        oldest.stream()
            .collect(
                Collectors.toMap(
                    ComparisonExample::imageId, ComparisonExample::number, Math::max)));
    oldest.forEach(example -> comparisonSet.holdOut(example.learnt()));
  }
}
