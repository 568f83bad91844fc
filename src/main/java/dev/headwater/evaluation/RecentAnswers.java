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

  /** Returns the share of right answers in the window; empty before the first. */
  public Optional<Double> accuracy() {
    long right = answers.chars().filter(c -> c == '1').count();
    return new Tally(answers.length(), right).accuracy();
  }
}
