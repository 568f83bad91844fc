package dev.headwater.stream;

import dev.headwater.head.LabelAdvisor;

/**
 * How many labels may be asked for.
 *
 * @param share of a model's images, from 0 to 1
 * @param tasks among which a model's images are spread, each of which keeps to the share
 */
record LabelBudget(double share, int tasks) {
  /** Labels lent to a model that has no head yet, all tasks together. */
  private static final double LOAN = 12;

  /** Returns what advises one task about one model. */
  LabelAdvisor advisor(boolean isNew) {
    return new LabelAdvisor(share, isNew ? LOAN / tasks : 0);
  }
}
