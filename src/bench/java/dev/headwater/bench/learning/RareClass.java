package dev.headwater.bench.learning;

import java.util.List;

/**
 * How well the positive class is found.
 *
 * @param precision share of positive answers that are right; 0 without any
 * @param recall share of positive images that are answered positive; 0 without any
 * @param f1 harmonic mean of the two; 0 where nothing is found
 */
record RareClass(double precision, double recall, double f1) {

  static RareClass of(List<Judged> judged) {
    double found = judged.stream().filter(j -> j.positive() && j.answer().positive()).count();
    double answered = judged.stream().filter(j -> j.answer().positive()).count();
    double there = judged.stream().filter(Judged::positive).count();
    return new RareClass(
        found / Math.max(1, answered),
        found / Math.max(1, there),
        2 * found / Math.max(1, answered + there));
  }
}
