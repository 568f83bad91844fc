package dev.headwater.bench.learning;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What the answers of one run come to; all accuracies are shares of right answers, from 0 to 1.
 *
 * @param accuracy of all answers
 * @param domains accuracy by domain, in the stream's order
 * @param first accuracy of the first {@link #FIRST} answers of each domain
 * @param last accuracy of the last {@link #LAST} answers
 * @param rare how well the positive class is found
 * @param rareByDomain F1 of the positive class by domain
 */
record Figures(
    double accuracy,
    Map<String, Double> domains,
    Map<String, Double> first,
    double last,
    RareClass rare,
    Map<String, Double> rareByDomain) {
  /** Answers that show how a learner copes with a shift. */
  static final int FIRST = 64;

  /** Answers that show where it ends up. */
  static final int LAST = 200;

  static Figures of(List<Judged> judged) {
    var byDomain = new LinkedHashMap<String, List<Judged>>();
    judged.forEach(j -> byDomain.computeIfAbsent(j.domain(), d -> new ArrayList<>()).add(j));
    return new Figures(
        accuracy(judged),
        each(byDomain, Figures::accuracy),
        each(byDomain, of -> accuracy(of.subList(0, Math.min(FIRST, of.size())))),
        accuracy(judged.subList(Math.max(0, judged.size() - LAST), judged.size())),
        RareClass.of(judged),
        each(byDomain, of -> RareClass.of(of).f1()));
  }

  static double accuracy(List<Judged> judged) {
    return judged.stream().filter(Judged::right).count() / (double) Math.max(1, judged.size());
  }

  private static Map<String, Double> each(
      Map<String, List<Judged>> byDomain, ToDoubleFunction<List<Judged>> figure) {
    var figures = new LinkedHashMap<String, Double>();
    byDomain.forEach((domain, judged) -> figures.put(domain, figure.applyAsDouble(judged)));
    return figures;
  }
}
