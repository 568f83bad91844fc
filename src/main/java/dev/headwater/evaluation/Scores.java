package dev.headwater.evaluation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How often a model was right, each answer given before its label was known (prequential
 * evaluation, Gama et al. 2013).
 *
 * @param trained of the head in training, over all examples
 * @param window the newest answers of the head in training
 * @param served of the predictions as published by a trained head
 * @param domains of the head in training, by domain, in order of first appearance
 */
public record Scores(
    Tally trained, RecentAnswers window, Tally served, Map<String, Tally> domains) {
  /** Answers in the window. */
  public static final int WINDOW = 200;

  /** Most domains counted apart; answers from further ones are counted under {@link #OTHER}. */
  public static final int MOST_DOMAINS = 100;

  /** Where domains beyond the limit are counted. */
  public static final String OTHER = "(other)";

  /** Keeps the order of the domains, and nobody else's hands on them. */
  public Scores {
    domains = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(domains));
  }

  /** Returns scores before the first answer. */
  public static Scores none() {
    return new Scores(Tally.NONE, RecentAnswers.ofSize(WINDOW), Tally.NONE, Map.of());
  }

  /**
   * Returns these scores with one example more.
   *
   * @param trainedRight whether the head in training was right
   * @param servedRight whether the published prediction was; empty if no trained head made it
   */
  public Scores plus(String domain, boolean trainedRight, Optional<Boolean> servedRight) {
    var byDomain = new LinkedHashMap<>(domains);
    String name = known(domain);
    byDomain.put(name, byDomain.getOrDefault(name, Tally.NONE).plus(trainedRight));
    return new Scores(
        trained.plus(trainedRight),
        window.plus(trainedRight),
        servedRight.map(served::plus).orElse(served),
        byDomain);
  }

  /** Returns the name under which a domain is counted: its own, or {@link #OTHER}. */
  public String known(String domain) {
    return domains.containsKey(domain) || domains.size() < MOST_DOMAINS ? domain : OTHER;
  }
}
