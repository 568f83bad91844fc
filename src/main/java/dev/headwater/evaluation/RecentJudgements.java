package dev.headwater.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The newest answers, judged.
 *
 * @param size most answers kept
 * @param judgements oldest first
 */
public record RecentJudgements(int size, List<Judgement> judgements) {
  /** Copies the list, the newest {@code size} of it. */
  public RecentJudgements {
    int beyond = Math.max(judgements.size() - size, 0);
    judgements = List.copyOf(judgements.subList(beyond, judgements.size()));
  }

  /** Returns a window of {@code size} answers, empty so far. */
  public static RecentJudgements ofSize(int size) {
    return new RecentJudgements(size, List.of());
  }

  /** Returns this window with one answer more, and without the oldest if it was full. */
  public RecentJudgements plus(Judgement judgement) {
    var next = new ArrayList<>(judgements);
    next.add(judgement);
    return new RecentJudgements(size, next);
  }

  /**
   * Returns this window with one answer judged anew.
   *
   * @param back how many answers came after it; nothing changes if that is more than the window has
   */
  public RecentJudgements relabelled(long back, boolean nowPositive) {
    if (back >= judgements.size()) {
      return this;
    }
    var next = new ArrayList<>(judgements);
    int at = next.size() - 1 - (int) back;
    next.set(at, next.get(at).relabelled(nowPositive));
    return new RecentJudgements(size, next);
  }

  /** Returns how good these answers were; all of it exact. */
  public Measures measures() {
    return WeightedSums.of(judgements).measures(judgements.size(), auc());
  }

  /** Counts, in order of probability, the negatives below each positive, and half of its ties. */
  private Optional<Double> auc() {
    var ascending = new ArrayList<>(judgements);
    ascending.sort(Comparator.comparing(Judgement::probability));
    long below = 0;
    long twicePairs = 0;
    long positives = 0;
    for (int from = 0; from < ascending.size(); ) {
      int to = endOfTie(ascending, from);
      long tied = ascending.subList(from, to).stream().filter(Judgement::positive).count();
      long negatives = to - from - tied;
      twicePairs += tied * (2 * below + negatives);
      below += negatives;
      positives += tied;
      from = to;
    }
    return below == 0 || positives == 0
        ? Optional.empty()
        : Optional.of(twicePairs / 2.0 / (below * positives));
  }

  private static int endOfTie(List<Judgement> ascending, int from) {
    int to = from + 1;
    while (to < ascending.size()
        && ascending.get(to).probability() == ascending.get(from).probability()) {
      to++;
    }
    return to;
  }
}
