package dev.headwater.head;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds the threshold that a {@link DecisionRule} asks for, on scores that were given before their
 * labels were known. Scores count by their class' share, so that a rare class is rare here too.
 */
final class ThresholdTuning {
  /** Fewer of either class say nothing about a threshold. */
  private static final int FEWEST = 5;

  private static final double LOWEST = 0.02;
  private static final double HIGHEST = 0.98;

  private record Judged(double probability, boolean positive, double weight) {}

  /** What would be called positive if the threshold were just under some probability. */
  private record Cut(double truePositives, double falsePositives, double allPositives) {
    double f1() {
      return 2 * truePositives / (truePositives + falsePositives + allPositives);
    }

    double precision() {
      return truePositives / (truePositives + falsePositives);
    }
  }

  private ThresholdTuning() {}

  /** Returns the calibration with the threshold that the rule asks for. */
  static Calibration tune(Calibration calibration, ScoreWindow window, DecisionRule rule) {
    if (rule instanceof DecisionRule.Fixed fixed) {
      return calibration.withThreshold(fixed.threshold());
    }
    if (window.negatives().size() < FEWEST || window.positives().size() < FEWEST) {
      return calibration.withThreshold(0.5);
    }
    var judged = judged(calibration, window);
    double threshold =
        rule instanceof DecisionRule.Precision wanted
            ? lowestWith(judged, wanted.precision())
            : bestF1(judged);
    return calibration.withThreshold(Math.max(LOWEST, Math.min(HIGHEST, threshold)));
  }

  /** The window's scores, most probably positive first. */
  private static List<Judged> judged(Calibration calibration, ScoreWindow window) {
    var judged = new ArrayList<Judged>(window.size());
    double negative = window.weight(false);
    double positive = window.weight(true);
    window
        .negatives()
        .forEach(v -> judged.add(new Judged(calibration.probability(v.scores()), false, negative)));
    window
        .positives()
        .forEach(v -> judged.add(new Judged(calibration.probability(v.scores()), true, positive)));
    judged.sort(Comparator.comparingDouble(Judged::probability).reversed());
    return judged;
  }

  private static double bestF1(List<Judged> judged) {
    double best = 0;
    double threshold = 0.5;
    var cuts = cuts(judged);
    for (int i = 0; i < cuts.size(); i++) {
      if (isBetweenTwo(judged, i) && cuts.get(i).f1() > best) {
        best = cuts.get(i).f1();
        threshold = under(judged, i);
      }
    }
    return threshold;
  }

  /** The highest threshold there is, if none is precise enough. */
  private static double lowestWith(List<Judged> judged, double precision) {
    double threshold = HIGHEST;
    var cuts = cuts(judged);
    for (int i = 0; i < cuts.size(); i++) {
      if (isBetweenTwo(judged, i) && cuts.get(i).precision() >= precision) {
        threshold = under(judged, i);
      }
    }
    return threshold;
  }

  private static List<Cut> cuts(List<Judged> judged) {
    double all = judged.stream().filter(Judged::positive).mapToDouble(Judged::weight).sum();
    var cuts = new ArrayList<Cut>(judged.size());
    double truePositives = 0;
    double falsePositives = 0;
    for (Judged one : judged) {
      truePositives += one.positive() ? one.weight() : 0;
      falsePositives += one.positive() ? 0 : one.weight();
      cuts.add(new Cut(truePositives, falsePositives, all));
    }
    return cuts;
  }

  /** Whether a threshold fits between this probability and the next. */
  private static boolean isBetweenTwo(List<Judged> judged, int index) {
    return index + 1 == judged.size()
        || judged.get(index).probability() > judged.get(index + 1).probability();
  }

  /** Half way to the next probability: as far as can be from both. */
  private static double under(List<Judged> judged, int index) {
    double here = judged.get(index).probability();
    double next = index + 1 == judged.size() ? 0 : judged.get(index + 1).probability();
    return (here + next) / 2;
  }
}
