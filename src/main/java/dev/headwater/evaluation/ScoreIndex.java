package dev.headwater.evaluation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which domains and versions of a model have a score card of their own; both are bounded, since
 * records name them.
 *
 * @param domains in order of first appearance
 * @param versions of those that have been judged, the newest {@link #MOST_VERSIONS}
 */
public record ScoreIndex(List<String> domains, SortedSet<Long> versions) {
  /** Most domains counted apart; answers from further ones are counted under {@link #OTHER}. */
  public static final int MOST_DOMAINS = 100;

  /** Most versions counted apart. */
  public static final int MOST_VERSIONS = 50;

  /** Where domains beyond the limit are counted. */
  public static final String OTHER = "(other)";

  /** An index of nothing. */
  public static final ScoreIndex NONE = new ScoreIndex(List.of(), new TreeSet<>());

  /** Copies both. */
  public ScoreIndex {
    domains = List.copyOf(domains);
    versions = Collections.unmodifiableSortedSet(new TreeSet<>(versions));
  }

  /** Returns the name under which a domain is counted: its own, or {@link #OTHER}. */
  public String known(String domain) {
    return domains.contains(domain) || domains.size() < MOST_DOMAINS ? domain : OTHER;
  }

  /** Returns this index with the name under which a domain is counted. */
  public ScoreIndex withDomain(String known) {
    if (domains.contains(known)) {
      return this;
    }
    var next = new ArrayList<>(domains);
    next.add(known);
    return new ScoreIndex(next, versions);
  }

  /** Whether a version has a card, or may have one: it is not older than all of a full index. */
  public boolean takes(long version) {
    return versions.contains(version)
        || versions.size() < MOST_VERSIONS
        || version > versions.first();
  }

  /** Returns the version that has to go so that {@code version} has a card. */
  public Optional<Long> displacedBy(long version) {
    return versions.contains(version) || versions.size() < MOST_VERSIONS
        ? Optional.empty()
        : Optional.of(versions.first());
  }

  /** Returns this index with a version that it {@linkplain #takes takes}. */
  public ScoreIndex withVersion(long version) {
    if (versions.contains(version)) {
      return this;
    }
    var next = new TreeSet<>(versions);
    next.add(version);
    while (next.size() > MOST_VERSIONS) {
      next.pollFirst();
    }
    return new ScoreIndex(domains, next);
  }
}
