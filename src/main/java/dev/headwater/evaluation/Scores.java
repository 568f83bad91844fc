package dev.headwater.evaluation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How often a model was right, each answer given before its label was known (prequential
 * evaluation, Gama et al. 2013).
 *
 * @param trained of the head in training, over all examples
 * @param window the newest answers of the head in training
 * @param served of the predictions as published by a trained head
 * @param versions the same by the version that predicted; the newest {@link #MOST_VERSIONS} of
 *     those that have been judged
 * @param domains of the head in training, by domain, in order of first appearance
 */
public record Scores(
    Tally trained,
    RecentAnswers window,
    Tally served,
    SortedMap<Long, Tally> versions,
    Map<String, Tally> domains) {
  /** Answers in the window. */
  public static final int WINDOW = 200;

  /** Most domains counted apart; answers from further ones are counted under {@link #OTHER}. */
  public static final int MOST_DOMAINS = 100;

  /** Most versions counted apart. */
  public static final int MOST_VERSIONS = 50;

  /** Where domains beyond the limit are counted. */
  public static final String OTHER = "(other)";

  /** A published answer of a trained head, judged by a label. */
  public record Served(long version, boolean right) {}

  /** Keeps the order of the domains, and nobody else's hands on them. */
  public Scores {
    versions =
        Collections.unmodifiableSortedMap(
            versions == null ? new TreeMap<>() : new TreeMap<>(versions));
    domains = Collections.unmodifiableMap(new LinkedHashMap<>(domains));
  }

  /** Returns scores before the first answer. */
  public static Scores none() {
    return new Scores(
        Tally.NONE, RecentAnswers.ofSize(WINDOW), Tally.NONE, new TreeMap<>(), Map.of());
  }

  /**
   * Returns these scores with one example more.
   *
   * @param trainedRight whether the head in training was right
   * @param answered what was published; empty if no trained head made it
   */
  public Scores plus(String domain, boolean trainedRight, Optional<Served> answered) {
    var byDomain = new LinkedHashMap<>(domains);
    String name = known(domain);
    byDomain.put(name, byDomain.getOrDefault(name, Tally.NONE).plus(trainedRight));
    return new Scores(
        trained.plus(trainedRight),
        window.plus(trainedRight),
        answered.map(a -> served.plus(a.right())).orElse(served),
        answered.map(this::versionsWith).orElse(versions),
        byDomain);
  }

  private SortedMap<Long, Tally> versionsWith(Served answered) {
    var next = new TreeMap<>(versions);
    next.merge(
        answered.version(),
        Tally.NONE.plus(answered.right()),
        (before, one) -> before.plus(answered.right()));
    while (next.size() > MOST_VERSIONS) {
      next.pollFirstEntry();
    }
    return next;
  }

  /** Returns these scores with one answer of the head in training judged anew. */
  public Scores corrected(Answer answer) {
    boolean right = answer.right();
    var byDomain = new LinkedHashMap<>(domains);
    byDomain.computeIfPresent(answer.domain(), (name, tally) -> tally.corrected(right));
    return new Scores(
        trained.corrected(right),
        window.corrected(trained.examples() - answer.number(), right),
        served,
        versions,
        byDomain);
  }

  /** Returns these scores with one published answer judged anew. */
  public Scores corrected(Served answered) {
    var next = new TreeMap<>(versions);
    next.computeIfPresent(
        answered.version(), (version, tally) -> tally.corrected(answered.right()));
    return new Scores(trained, window, served.corrected(answered.right()), next, domains);
  }

  /** Returns the name under which a domain is counted: its own, or {@link #OTHER}. */
  public String known(String domain) {
    return domains.containsKey(domain) || domains.size() < MOST_DOMAINS ? domain : OTHER;
  }
}
