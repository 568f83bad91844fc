package dev.headwater.stream;

import static dev.headwater.event.ErrorCode.LABEL_UNKNOWN;

import dev.headwater.event.RejectedException;
import dev.headwater.head.DecisionRule;
import dev.headwater.snapshot.Snapshot;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is configured of one model.
 *
 * @param name as in events
 * @param negative class name on the lower side of the threshold
 * @param positive class name on the upper side
 * @param decision from which probability on the positive class is predicted
 */
public record ModelSettings(String name, String negative, String positive, DecisionRule decision) {
  /** Threshold of a tuned rule before anything was learnt. */
  private static final double UNTUNED = 0.5;

  /** Checks the names. */
  public ModelSettings {
    if (negative.isBlank() || positive.isBlank() || negative.equals(positive)) {
      throw new IllegalArgumentException(
          "model %s has the classes '%s' and '%s', expected two different names"
              .formatted(name, negative, positive));
    }
  }

  /** Returns settings for a model of which nothing is configured. */
  public static ModelSettings unconfigured(String name) {
    return new ModelSettings(name, "negative", "positive", DecisionRule.DEFAULT);
  }

  /** The class names, negative first. */
  public List<String> classes() {
    return List.of(negative, positive);
  }

  /**
   * Returns the threshold of a head: the configured one, or if it is tuned, what was found for it.
   */
  public double threshold(Optional<Snapshot> head) {
    return decision instanceof DecisionRule.Fixed fixed
        ? fixed.threshold()
        : head.map(Snapshot::threshold).orElse(UNTUNED);
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
