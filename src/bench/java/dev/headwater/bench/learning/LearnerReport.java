package dev.headwater.bench.learning;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * How one learner did on one stream, over the seeds that it finished.
 *
 * @param name of the learner
 * @param description what it is
 * @param seeds how many seeds it finished
 * @param unfinished why not all, if so
 * @param figures none if it finished no seed
 */
record LearnerReport(
    String name, String description, int seeds, Optional<String> unfinished, Optional<Of> figures) {

  /**
   * The figures; all but the time are shares from 0 to 1.
   *
   * @param accuracy of all answers
   * @param domains accuracy by domain
   * @param first64 accuracy of the first 64 answers of each domain; empty for what is no stream
   * @param last200 accuracy of the last 200 answers; none for what is no stream
   * @param f1 of the positive class
   * @param precision of the positive class
   * @param recall of the positive class
   * @param f1ByDomain of the positive class
   * @param labels share of images whose label it asked for; none for what is no stream
   * @param millisPerImage time to observe, answer and learn; none for what is no stream
   * @param curve moving accuracy or, with a rare class, F1 so far; none for what is no stream
   */
  record Of(
      Spread accuracy,
      Map<String, Spread> domains,
      Map<String, Spread> first64,
      Optional<Spread> last200,
      Spread f1,
      Spread precision,
      Spread recall,
      Map<String, Spread> f1ByDomain,
      Optional<Spread> labels,
      Optional<Spread> millisPerImage,
      Optional<Curve> curve) {}

  /** Of a learner that went through the stream in these runs. */
  static LearnerReport online(
      Contender contender, List<Run> runs, boolean rareClass, Optional<String> unfinished) {
    var judged = runs.stream().map(Run::judged).toList();
    Optional<Of> figures =
        runs.isEmpty()
            ? Optional.empty()
            : Optional.of(
                of(
                    judged.stream().map(Figures::of).toList(),
                    Optional.of(Spread.of(runs.stream().map(Run::labelShare).toList())),
                    Optional.of(Spread.of(runs.stream().map(Run::millisPerImage).toList())),
                    Optional.of(rareClass ? Curve.ofRareClass(judged) : Curve.ofAccuracy(judged))));
    return new LearnerReport(
        contender.name(), contender.description(), runs.size(), unfinished, figures);
  }

  /** Of a reference whose answers come in no order. */
  static LearnerReport offline(String name, String description, List<List<Judged>> judged) {
    var figures = judged.stream().map(Figures::of).toList();
    return new LearnerReport(
        name,
        description,
        judged.size(),
        Optional.empty(),
        Optional.of(of(figures, Optional.empty(), Optional.empty(), Optional.empty())));
  }

  private static Of of(
      List<Figures> figures,
      Optional<Spread> labels,
      Optional<Spread> millis,
      Optional<Curve> curve) {
    return new Of(
        spread(figures, Figures::accuracy),
        spreads(figures, Figures::domains),
        curve.isPresent() ? spreads(figures, Figures::first) : Map.of(),
        curve.map(c -> spread(figures, Figures::last)),
        spread(figures, f -> f.rare().f1()),
        spread(figures, f -> f.rare().precision()),
        spread(figures, f -> f.rare().recall()),
        spreads(figures, Figures::rareByDomain),
        labels,
        millis,
        curve);
  }

  private static Spread spread(List<Figures> figures, ToDoubleFunction<Figures> figure) {
    return Spread.of(figures.stream().mapToDouble(figure).boxed().toList());
  }

  private static Map<String, Spread> spreads(
      List<Figures> figures, Function<Figures, Map<String, Double>> byDomain) {
    var spreads = new LinkedHashMap<String, Spread>();
    for (String domain : byDomain.apply(figures.get(0)).keySet()) {
      spreads.put(domain, spread(figures, f -> byDomain.apply(f).get(domain)));
    }
    return spreads;
  }
}
