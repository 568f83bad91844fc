package dev.headwater.stream;

import static dev.headwater.event.ErrorCode.LABEL_UNKNOWN;

import dev.headwater.event.RejectedException;
import java.util.List;
import java.util.Locale;

/**
 * What is configured of one model.
 *
 * @param name as in events
 * @param negative class name on the lower side of the threshold
 * @param positive class name on the upper side
 * @param threshold the probability from which on the positive class is predicted
 */
public record ModelSettings(String name, String negative, String positive, double threshold) {
  /** Checks the names and the threshold. */
  public ModelSettings {
    if (negative.isBlank() || positive.isBlank() || negative.equals(positive)) {
      throw new IllegalArgumentException(
          "model %s has the classes '%s' and '%s', expected two different names"
              .formatted(name, negative, positive));
    }
    if (!(threshold > 0 && threshold < 1)) {
      throw new IllegalArgumentException(
          "model %s has the threshold %s, expected more than 0 and less than 1"
              .formatted(name, threshold));
    }
  }

  /** Returns settings for a model of which nothing is configured. */
  public static ModelSettings unconfigured(String name) {
    return new ModelSettings(name, "negative", "positive", 0.5);
  }

  /** The class names, negative first. */
  public List<String> classes() {
    return List.of(negative, positive);
  }

  /** Returns which class a probability of the positive class predicts. */
  public boolean predictsPositive(double probability) {
    return probability >= threshold;
  }

  public String className(boolean isPositive) {
    return isPositive ? positive : negative;
  }

  /**
   * Reads a label.
   *
   * @throws RejectedException if it is neither a class name nor 1, 0, true or false
   */
  public boolean isPositive(String label) throws RejectedException {
    if (label.equals(positive)) {
      return true;
    }
    if (label.equals(negative)) {
      return false;
    }
    return switch (label.toLowerCase(Locale.ROOT)) {
      case "1", "true" -> true;
      case "0", "false" -> false;
      default ->
          throw new RejectedException(
              LABEL_UNKNOWN,
              "label '%s' for model %s, expected '%s' or '%s', 1 or 0, true or false"
                  .formatted(label, name, positive, negative));
    };
  }
}
