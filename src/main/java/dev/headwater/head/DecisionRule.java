package dev.headwater.head;

import java.util.Locale;

/** From which probability on the positive class is predicted. */
public sealed interface DecisionRule {
  /** How the best F1 is asked for. */
  String BEST_F1 = "best-f1";

  /** How a precision is asked for; the share follows. */
  String PRECISION = "precision>=";

  /** Returns the rule as {@link #parse} reads it. */
  String text();

  /** Always from the same probability on. */
  record Fixed(double threshold) implements DecisionRule {
    public Fixed {
      requireShare("threshold", threshold);
    }

    @Override
    public String text() {
      return Double.toString(threshold);
    }
  }

  /** Wherever F1 of the positive class has lately been best. */
  record BestF1() implements DecisionRule {
    @Override
    public String text() {
      return BEST_F1;
    }
  }

  /**
   * As low as it may be, so as to find most positives, while this share of what is called positive
   * has lately been so.
   */
  record Precision(double precision) implements DecisionRule {
    public Precision {
      requireShare("precision", precision);
    }

    @Override
    public String text() {
      return PRECISION + precision;
    }
  }

  /** What is said unless a rule is configured: the likelier class. */
  DecisionRule DEFAULT = new Fixed(0.5);

  private static void requireShare(String what, double share) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException(
          "%s is %s, expected more than 0 and less than 1".formatted(what, share));
    }
  }

  /**
   * Reads a rule: a probability such as {@code 0.5}, {@code best-f1}, or {@code precision>=0.9}.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  static DecisionRule parse(String text) {
    String rule = text.strip().toLowerCase(Locale.ROOT).replace(" ", "");
    try {
      if (rule.equals(BEST_F1)) {
        return new BestF1();
      }
      return rule.startsWith(PRECISION)
          ? new Precision(Double.parseDouble(rule.substring(PRECISION.length())))
          : new Fixed(Double.parseDouble(rule));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "threshold '%s', expected a number between 0 and 1, best-f1, or precision>=0.9"
              .formatted(text),
          e);
    }
  }
}
