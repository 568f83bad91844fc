package dev.headwater.head;

import java.util.Arrays;

/**
 * Says which images are worth a label, within a budget: those that the head is least sure of
 * (uncertainty sampling, Lewis and Gale 1994; on streams Žliobaitė et al. 2014).
 *
 * <p>Each image earns a share of a label, and one is asked for when a whole one is there and the
 * image is among the most doubtful of the newest ones. The first labels are lent, since a head is
 * worth most when it is new: they are paid back out of what later images earn. So of any n images
 * from the first on at most {@code budget · n + loan} are asked for, and once the loan is paid
 * back, after {@code loan / (0.3 · budget)} images, {@code budget · n} and no more.
 *
 * <p>What it has earned and owes can be kept, so that a restart lends nothing again; the doubts
 * that images are compared with are gathered anew. Not thread-safe.
 */
public final class LabelAdvisor {
  /** Share of what is earned that pays back, as long as something is owed. */
  private static final double REPAYMENT = 0.3;

  /** Labels that can be saved up: a quiet stretch does not become a flood of questions. */
  private static final double MOST_SAVED = 10;

  /** Doubts that an image is compared with. */
  private static final int WINDOW = 100;

  /** Before so many, any image is as good as another. */
  private static final int FEWEST = 10;

  /** A whole label, but for what adding up shares loses. */
  private static final double WHOLE = 1 - 1e-9;

  private final double budget;
  private final double[] doubts = new double[WINDOW];
  private long seen;
  private double earned;
  private double owed;

  /**
   * What an advisor has to spend.
   *
   * @param earned labels that may be asked for
   * @param owed of what is earned yet, to pay back
   */
  public record Purse(double earned, double owed) {
    /** Returns the purse of a new model, with labels lent. */
    public static Purse lent(double loan) {
      return new Purse(loan, loan);
    }
  }

  /**
   * @param budget share of images to ask for, from 0 to 1
   * @param purse as it was left
   */
  public LabelAdvisor(double budget, Purse purse) {
    if (!(budget >= 0 && budget <= 1)) {
      throw new IllegalArgumentException(
          "a label budget of %s, expected 0 to 1: the share of images to ask for"
              .formatted(budget));
    }
    this.budget = budget;
    earned = purse.earned();
    owed = purse.owed();
  }

  public Purse purse() {
    return new Purse(earned, owed);
  }

  /** Returns whether to ask for the label of an image that no trained head has seen. */
  public boolean asks() {
    return budget > 0 && spend(true);
  }

  /**
   * Returns whether to ask for the label of an image.
   *
   * @param doubt how unsure the head is of it; only the order matters
   */
  public boolean asks(double doubt) {
    doubts[(int) (seen % WINDOW)] = doubt;
    seen++;
    return budget > 0 && spend(isDoubtful(doubt));
  }

  private boolean spend(boolean worthwhile) {
    earn();
    if (earned < WHOLE || !worthwhile) {
      return false;
    }
    earned -= 1;
    return true;
  }

  private void earn() {
    double repaid = Math.min(owed, REPAYMENT * budget);
    owed -= repaid;
    earned = Math.min(Math.max(earned, MOST_SAVED), earned + budget - repaid);
  }

  private boolean isDoubtful(double doubt) {
    int known = (int) Math.min(seen, WINDOW);
    if (known < FEWEST) {
      return true;
    }
    double[] sorted = Arrays.copyOf(doubts, known);
    Arrays.sort(sorted);
    // The more is saved up, the less doubtful an image need be: what is not spent is lost.
    double share = Math.min(1, budget * earned);
    int below = (int) Math.min(known - 1, Math.floor((1 - share) * known));
    return doubt >= sorted[below];
  }

  /** Returns how unsure a head is of an image: near 0 far from the threshold, 1 on it. */
  public static double doubt(double probability, double threshold) {
    double distance = logit(probability) - logit(threshold);
    return 1 / (1 + Math.abs(distance));
  }

  private static double logit(double probability) {
    double p = Math.max(1e-12, Math.min(1 - 1e-12, probability));
    return Math.log(p / (1 - p));
  }
}
