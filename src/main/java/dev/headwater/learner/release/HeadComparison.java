package dev.headwater.learner.release;

import dev.headwater.evaluation.Comparison;
import dev.headwater.evaluation.Judgement;
import dev.headwater.head.DecisionRule;
import dev.headwater.snapshot.Snapshot;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * How heads of one model answer labelled images, to be compared.
 *
 * <p>Where the model's rule fixes a threshold, all answers are judged by it, whatever a head came
 * with: another threshold makes no better or worse head. One that is tuned is part of its head.
 *
 * @param release of the model
 */
record HeadComparison(ReleaseState release) {

  /** Of a head that is asked now. */
  Function<ComparisonExample, Judgement> of(Snapshot head) {
    return example ->
        judged(head.head().probability(example.embedding()), head.threshold(), example);
  }

  /** Of the head in training, before it learnt the image. */
  Function<ComparisonExample, Judgement> inTraining() {
    return example ->
        release.rule() instanceof DecisionRule.Fixed fixed
            ? judged(example.trained().probability(), fixed.threshold(), example)
            : example.trained();
  }

  /**
   * Of a head that is asked now about what it was not taught; of an image that it was taught, what
   * the head in training had answered before.
   */
  Function<ComparisonExample, Judgement> untaught(Snapshot head) {
    return example ->
        isTaught(head, example)
            ? judged(example.trained().probability(), head.threshold(), example)
            : of(head).apply(example);
  }

  private boolean isTaught(Snapshot head, ComparisonExample example) {
    return example.isLearnt()
        && release
            .kept()
            .find(head.version())
            .filter(kept -> !kept.imported() && example.number() <= kept.labels())
            .isPresent();
  }

  private Judgement judged(double probability, double own, ComparisonExample example) {
    double threshold = release.rule() instanceof DecisionRule.Fixed fixed ? fixed.threshold() : own;
    return new Judgement((float) probability, probability >= threshold, example.positive());
  }

  /** Compares how two heads judge the same examples. */
  static Comparison compare(
      Stream<ComparisonExample> examples,
      Function<ComparisonExample, Judgement> served,
      Function<ComparisonExample, Judgement> candidate) {
    return examples.reduce(
        Comparison.NONE,
        (sum, example) -> sum.plus(served.apply(example), candidate.apply(example)),
        (one, other) -> {
          throw new AssertionError("one example after the other");
        });
  }
}
