package dev.headwater.head;

import java.util.ArrayList;
import java.util.List;

/**
 * The newest votes on images of each class, every one given before its label was known, and how
 * common the classes have been lately.
 *
 * <p>Each class has a window of its own, so that a class of one in fifty is judged by as many votes
 * as the other; what counts how much is then said by the classes' shares.
 *
 * @param negatives newest votes on images of the negative class, oldest first
 * @param positives the same of the positive class
 * @param negativeCount of the negative class, each count fading by {@link #FADING} an example
 * @param positiveCount the same of the positive class
 */
public record VoteWindow(
    List<JudgedVotes> negatives,
    List<JudgedVotes> positives,
    double negativeCount,
    double positiveCount) {
  /** Votes kept of each class. */
  public static final int SIZE = 100;

  /** What is left of a count one example later: it looks back over some 200. */
  private static final double FADING = 0.995;

  /** A rare class' votes count no more than so often each, since they are few. */
  private static final double MOST_WEIGHT = 5;

  public static final VoteWindow EMPTY = new VoteWindow(List.of(), List.of(), 0, 0);

  public VoteWindow {
    negatives = List.copyOf(negatives);
    positives = List.copyOf(positives);
  }

  /** Returns this window with the votes on one image more. */
  public VoteWindow plus(String imageId, Votes votes, boolean positive) {
    var judged = new JudgedVotes(JudgedVotes.imageKey(imageId), votes.bounded());
    return with(judged, positive, FADING * negativeCount, FADING * positiveCount);
  }

  /** Returns this window with the votes on an image under its other label, if they are here. */
  public VoteWindow corrected(String imageId, boolean positive) {
    long image = JudgedVotes.imageKey(imageId);
    var wrong = positive ? negatives : positives;
    for (JudgedVotes judged : wrong) {
      if (judged.image() == image) {
        var rest = without(judged, !positive);
        return rest.with(judged, positive, rest.negativeCount(), rest.positiveCount());
      }
    }
    return this;
  }

  private VoteWindow without(JudgedVotes judged, boolean positive) {
    var rest = new ArrayList<>(positive ? positives : negatives);
    rest.remove(judged);
    return positive
        ? new VoteWindow(negatives, rest, negativeCount, Math.max(0, positiveCount - 1))
        : new VoteWindow(rest, positives, Math.max(0, negativeCount - 1), positiveCount);
  }

  /** Returns this window with the counts given, and one more. */
  private VoteWindow with(
      JudgedVotes judged, boolean positive, double negativeBefore, double positiveBefore) {
    return positive
        ? new VoteWindow(negatives, newest(positives, judged), negativeBefore, positiveBefore + 1)
        : new VoteWindow(newest(negatives, judged), positives, negativeBefore + 1, positiveBefore);
  }

  private static List<JudgedVotes> newest(List<JudgedVotes> judged, JudgedVotes last) {
    var next = new ArrayList<>(judged.subList(judged.size() < SIZE ? 0 : 1, judged.size()));
    next.add(last);
    return next;
  }

  /** Number of votes in the window. */
  public int size() {
    return negatives.size() + positives.size();
  }

  /**
   * Returns how much each vote on an image of a class counts: all of a class as much as is the
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
