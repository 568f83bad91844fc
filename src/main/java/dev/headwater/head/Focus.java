package dev.headwater.head;

/**
 * What a learner leans towards after a change: for a while, kept examples of other domains count
 * half, in replay and in the discriminant.
 *
 * @param domain where the change was found
 * @param untilLabel examples and corrections after which all count alike again
 */
public record Focus(String domain, long untilLabel) {
  /** All count alike. */
  public static final Focus NONE = new Focus("", 0);

  /** How long a change is leant towards, in examples and corrections. */
  private static final long LABELS = 256;

  /** What an example counts; a whole number, so that draws follow from whole numbers. */
  static final int FULL = 2;

  private static final int HALF = 1;

  /** Returns the focus on a domain in which a change was found just now. */
  static Focus on(String domain, long labels) {
    return new Focus(domain, labels + LABELS);
  }

  /** Whether it still holds. */
  boolean holds(long labels) {
    return labels < untilLabel;
  }

  /** Returns how much the examples of a domain count: {@link #FULL}, or half of that. */
  int weight(String of, long labels) {
    return !holds(labels) || domain.equals(of) ? FULL : HALF;
  }
}
