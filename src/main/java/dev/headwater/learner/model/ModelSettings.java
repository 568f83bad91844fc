package dev.headwater.learner.model;

import static dev.headwater.event.ErrorCode.LABEL_UNKNOWN;

import dev.headwater.event.PromotionPolicy;
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
 * @param policy when a new version is put into service
 */
public record ModelSettings(
    String name, String negative, String positive, DecisionRule decision, PromotionPolicy policy) {
  /** The names of classes that nobody has named, negative first. */
  private static final List<String> UNNAMED = List.of("negative", "positive");

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

  /** Settings of a model whose versions come into service at once. */
  public ModelSettings(String name, String negative, String positive, DecisionRule decision) {
    this(name, negative, positive, decision, PromotionPolicy.CONTINUOUS);
  }

  /**
   * Returns settings for a model of which nothing is configured.
   *
   * @param policy of such models
   */
  public static ModelSettings unconfigured(String name, PromotionPolicy policy) {
    return new ModelSettings(name, UNNAMED.get(0), UNNAMED.get(1), DecisionRule.DEFAULT, policy);
  }

  /**
   * Whether a head can serve where others are expected: the classes are the same, or were not named
   * when it was made.
   *
   * @param classes of the head, negative first
   * @param expected likewise
   */
  public static boolean fits(List<String> classes, List<String> expected) {
    return classes.equals(expected) || classes.equals(UNNAMED);
  }

  /** The class names, negative first. */
  public List<String> classes() {
    return List.of(negative, positive);
  }

  /** Returns the threshold of a head; before there is one, the configured one. */
  public double threshold(Optional<Snapshot> head) {
    return head.map(Snapshot::threshold)
        .orElse(decision instanceof DecisionRule.Fixed fixed ? fixed.threshold() : UNTUNED);
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
