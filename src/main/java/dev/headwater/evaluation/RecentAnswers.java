package dev.headwater.evaluation;

import java.util.Optional;

/**
 * Which of the newest answers were right.
 *
 * @param size most answers kept
 * @param answers one character each, oldest first: 1 right, 0 wrong
 */
public record RecentAnswers(int size, String answers) {
  /** Returns a window of {@code size} answers, empty so far. */
  public static RecentAnswers ofSize(int size) {
    return new RecentAnswers(size, "");
  }

  /** Returns this window with one answer more, and without the oldest if it was full. */
  public RecentAnswers plus(boolean right) {
    String kept =
        answers.length() < size ? answers : answers.substring(answers.length() - size + 1);
    return new RecentAnswers(size, kept + (right ? '1' : '0'));
  }

  /**
   * Returns this window with one answer judged anew.
   *
   * @param back how many answers came after it; nothing changes if that is more than the window has
   */
  public RecentAnswers corrected(long back, boolean nowRight) {
    if (back >= answers.length()) {
      return this;
    }
    var judged = new StringBuilder(answers);
    judged.setCharAt(answers.length() - 1 - (int) back, nowRight ? '1' : '0');
    return new RecentAnswers(size, judged.toString());
  }

  /** Returns the share of right answers in the window; empty before the first. */
  public Optional<Double> accuracy() {
    long right = answers.chars().filter(c -> c == '1').count();
    return new Tally(answers.length(), right).accuracy();
  }
}
