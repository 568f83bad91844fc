package dev.headwater.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * The measures straight from their definitions, over a list of everything: slow, and sharing no
 * code with what it checks.
 */
record NaiveMeasures(List<Weighted> answers) {
  /** An answer and what it weighs. */
  record Weighted(Judgement answer, double weight) {}

  /** Over all, each weighing one. */
  static NaiveMeasures overall(List<Judgement> answers) {
    return new NaiveMeasures(answers.stream().map(a -> new Weighted(a, 1)).toList());
  }

  /** Over the newest. */
  static NaiveMeasures window(List<Judgement> answers, int size) {
    return overall(answers.subList(Math.max(0, answers.size() - size), answers.size()));
  }

  /** Over all, each weighing so much of the one after it. */
  static NaiveMeasures fading(List<Judgement> answers, double factor) {
    var weighted = new ArrayList<Weighted>();
    double weight = 1;
    for (int i = answers.size() - 1; i >= 0; i--) {
      weighted.add(new Weighted(answers.get(i), weight));
      weight *= factor;
    }
    return new NaiveMeasures(weighted);
  }

  Measures measures() {
    return new Measures(
        answers.size(),
        mean(a -> a.predictedPositive() == a.positive() ? 1 : 0),
        mean(NaiveMeasures::logLoss),
        auc(),
        f1(),
        mean(a -> Math.pow((double) a.probability() - (a.positive() ? 1 : 0), 2)),
        calibrationError());
  }

  private static double logLoss(Judgement answer) {
    double p = answer.positive() ? answer.probability() : 1 - (double) answer.probability();
    return p < 1e-7 ? -Math.log(1e-7) : p > 1 - 1e-7 ? -Math.log(1 - 1e-7) : -Math.log(p);
  }

  private double weight(Predicate<Judgement> which) {
    return answers.stream().filter(a -> which.test(a.answer())).mapToDouble(Weighted::weight).sum();
  }

  private Optional<Double> mean(ToDoubleFunction<Judgement> value) {
    double sum = 0;
    for (var a : answers) {
      sum += a.weight() * value.applyAsDouble(a.answer());
    }
    return answers.isEmpty() ? Optional.empty() : Optional.of(sum / weight(a -> true));
  }

  /** Looks at every pair of a positive and a negative. */
  private Optional<Double> auc() {
    double pairs = 0;
    double inOrder = 0;
    for (var positive : answers) {
      for (var negative : answers) {
        if (positive.answer().positive() && !negative.answer().positive()) {
          double weight = positive.weight() * negative.weight();
          float above = positive.answer().probability() - negative.answer().probability();
          pairs += weight;
          inOrder += weight * (above > 0 ? 1 : above == 0 ? 0.5 : 0);
        }
      }
    }
    return pairs == 0 ? Optional.empty() : Optional.of(inOrder / pairs);
  }

  /** Half the share of pairs of a positive and a negative less than {@code logits} apart. */
  double shareOfNearPairs(double logits) {
    double pairs = 0;
    double near = 0;
    for (var positive : answers) {
      for (var negative : answers) {
        if (positive.answer().positive() && !negative.answer().positive()) {
          double weight = positive.weight() * negative.weight();
          double apart = logit(positive.answer()) - logit(negative.answer());
          pairs += weight;
          near += Math.abs(apart) <= logits ? weight / 2 : 0;
        }
      }
    }
    return pairs == 0 ? 0 : near / pairs;
  }

  /** What lies beyond ten counts as ten. */
  private static double logit(Judgement answer) {
    double p = answer.probability();
    return Math.max(-10, Math.min(10, Math.log(p) - Math.log(1 - p)));
  }

  private Optional<Double> f1() {
    double hits = weight(a -> a.positive() && a.predictedPositive());
    double labelled = weight(Judgement::positive);
    double answered = weight(Judgement::predictedPositive);
    if (labelled + answered == 0) {
      return Optional.empty();
    }
    if (hits == 0) {
      return Optional.of(0.0);
    }
    double precision = hits / answered;
    double recall = hits / labelled;
    return Optional.of(2 * precision * recall / (precision + recall));
  }

  private Optional<Double> calibrationError() {
    double error = 0;
    for (int bin = 0; bin < 10; bin++) {
      double from = bin / 10.0;
      double to = bin == 9 ? 2 : (bin + 1) / 10.0;
      var inside =
          new NaiveMeasures(
              answers.stream()
                  .filter(a -> a.answer().probability() >= from && a.answer().probability() < to)
                  .toList());
      if (!inside.answers().isEmpty()) {
        double confidence = inside.mean(Judgement::probability).orElseThrow();
        double positives = inside.mean(a -> a.positive() ? 1 : 0).orElseThrow();
        error += inside.weight(a -> true) / weight(a -> true) * Math.abs(confidence - positives);
      }
    }
    return answers.isEmpty() ? Optional.empty() : Optional.of(error);
  }
}
