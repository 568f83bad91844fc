package dev.headwater.head;

import java.util.ArrayList;
import java.util.List;

/**
 * The newest scores on images of each class, every one given before its label was known, and how
 * common the classes have been lately.
 *
 * <p>Each class has a window of its own, so that a class of one in fifty is judged by as many
 * scores as the other; what counts how much is then said by the classes' shares.
 *
 * @param negatives newest scores on images of the negative class, oldest first
 * @param positives the same of the positive class
 * @param negativeCount of the negative class, each count fading by {@link #FADING} an example
 * @param positiveCount the same of the positive class
 * @param judged scores judged so far
 */
public record ScoreWindow(
    List<JudgedScores> negatives,
    List<JudgedScores> positives,
    double negativeCount,
    double positiveCount,
    long judged) {
  /** Scores kept of each class. */
  public static final int SIZE = 100;

  /** What is left of a count one example later: it looks back over some 200. */
  private static final double FADING = 0.995;

  /** A rare class' scores count no more than so often each, since they are few. */
  private static final double MOST_WEIGHT = 5;

  public static final ScoreWindow EMPTY = new ScoreWindow(List.of(), List.of(), 0, 0, 0);

  public ScoreWindow {
    negatives = List.copyOf(negatives);
    positives = List.copyOf(positives);
  }

  /** Returns this window with the scores on one image more. */
  public ScoreWindow plus(String imageId, BaseScores scores, boolean positive) {
    var newest = new JudgedScores(JudgedScores.imageKey(imageId), judged, scores.bounded());
    return new ScoreWindow(
        positive ? negatives : with(negatives, newest),
        positive ? with(positives, newest) : positives,
        FADING * negativeCount + (positive ? 0 : 1),
        FADING * positiveCount + (positive ? 1 : 0),
        judged + 1);
  }

  /**
   * Returns this window as if an image had had its other label from the beginning, if its scores
   * are here.
   */
  public ScoreWindow corrected(String imageId, boolean positive) {
    long image = JudgedScores.imageKey(imageId);
    for (JudgedScores wrong : positive ? negatives : positives) {
      if (wrong.image() == image) {
        double faded = StrictMath.pow(FADING, judged - 1 - wrong.number());
        double change = positive ? faded : -faded;
        return new ScoreWindow(
            positive ? without(negatives, wrong) : with(negatives, wrong),
            positive ? with(positives, wrong) : without(positives, wrong),
            Math.max(0, negativeCount - change),
            Math.max(0, positiveCount + change),
            judged);
      }
    }
    return this;
  }

  private static List<JudgedScores> without(List<JudgedScores> scores, JudgedScores wrong) {
    return scores.stream().filter(one -> !one.equals(wrong)).toList();
  }

  /** Adds one in its place; of too many the oldest goes. */
  private static List<JudgedScores> with(List<JudgedScores> scores, JudgedScores one) {
    var next = new ArrayList<>(scores);
    int at = next.size();
    while (at > 0 && next.get(at - 1).number() > one.number()) {
      at--;
    }
    next.add(at, one);
    return next.size() > SIZE ? next.subList(1, next.size()) : next;
  }

  /** Number of scores in the window. */
  public int size() {
    return negatives.size() + positives.size();
  }

  /**
   * Returns how much each score on an image of a class counts: all of a class as much as is the
   * class' share of the newest examples (with one more of each, as Laplace has it), all together as
   * many as there are.
   */
  double weight(boolean positive) {
    double share =
        ((positive ? positiveCount : negativeCount) + 1) / (positiveCount + negativeCount + 2);
    int count = positive ? positives.size() : negatives.size();
    return count == 0 ? 0 : Math.min(MOST_WEIGHT, share * size() / count);
  }
}
