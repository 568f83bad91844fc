package dev.headwater.learner.release;

import dev.headwater.evaluation.Judgement;
import dev.headwater.head.DecisionRule;
import dev.headwater.snapshot.Snapshot;
import java.util.function.Function;

/**
 * How heads of one model answer labelled images, to be compared.
 *
 * <p>Where the model's rule fixes a threshold, all answers are judged by it, whatever a head came
 * with: another threshold makes no better or worse head. One that is tuned is part of its head.
 *
 * @param versions of the model
 */
record HeadComparison(ReleaseState versions) {

  /** Of a head that is asked now. */
  Function<ComparisonExample, Judgement> of(Snapshot head) {
    return round -> judged(head.head().probability(round.embedding()), head.threshold(), round);
  }

  /** Of the head in training, before it learnt the image. */
  Function<ComparisonExample, Judgement> inTraining() {
    return round ->
        versions.rule() instanceof DecisionRule.Fixed fixed
            ? judged(round.trained().probability(), fixed.threshold(), round)
            : round.trained();
  }

  /**
   * Of a head that is asked now about what it was not taught; of an image that it was taught, what
   * the head in training had answered before.
   */
  Function<ComparisonExample, Judgement> untaught(Snapshot head) {
    return round ->
        isTaught(head, round)
            ? judged(round.trained().probability(), head.threshold(), round)
            : of(head).apply(round);
  }

  private boolean isTaught(Snapshot head, ComparisonExample round) {
    return round.isLearnt()
        && versions
            .kept()
            .find(head.version())
            .filter(kept -> !kept.imported() && round.number() <= kept.lessons())
            .isPresent();
  }

  private Judgement judged(double probability, double own, ComparisonExample round) {
    double threshold =
        versions.rule() instanceof DecisionRule.Fixed fixed ? fixed.threshold() : own;
    return new Judgement((float) probability, probability >= threshold, round.positive());
  }
}
