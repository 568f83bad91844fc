package dev.headwater.stream;

import dev.headwater.event.PromotionPolicy;
import dev.headwater.head.OnlineLearner;
import java.util.Comparator;
import java.util.stream.Collectors;

/**
 * Sees to it that a model has images held out of training as soon as policy {@code gated} decides,
 * and none where it does not.
 *
 * @param learner gives examples up
 */
record HeldOut(OnlineLearner learner) {
  /** Of so many lessons one is held out at once, so that a young model keeps what it knows. */
  private static final int SHARE = 4;

  /**
   * Follows a change of policy: what was learnt lately is learnt no more, and held out instead,
   * since its labels are older than what comes now.
   *
   * @param before the policy that decided until now; null of an earlier build
   */
  void followPolicy(ModelMemory memory, PromotionPolicy before) {
    var now = memory.versions().policy();
    if (now == before) {
      return;
    }
    var trials = memory.versions().trials();
    trials.holdNoneOut();
    if (now == PromotionPolicy.GATED) {
      var oldest =
          trials
              .recent(0)
              .sorted(Comparator.comparingLong(Round::number))
              .limit(memory.lessons() / SHARE)
              .toList();
      learner.takeOut(memory, oldest.stream().map(Round::number).collect(Collectors.toSet()));
      oldest.forEach(round -> trials.holdOut(round.learnt()));
    }
  }
}
