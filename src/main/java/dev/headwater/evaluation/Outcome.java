package dev.headwater.evaluation;

import java.util.Optional;

/**
 * How one labelled image was answered and where that was counted, kept for the case that the label
 * changes.
 *
 * @param trained what the head in training answered
 * @param number which answer of that head it was, counted from 1
 * @param domain as it was counted
 * @param domainNumber which answer of that head on the domain it was
 * @param published what was published; empty if no trained head made it
 */
public record Outcome(
    Judgement trained,
    long number,
    String domain,
    long domainNumber,
    Optional<Published> published) {

  /**
   * A published answer of a trained head.
   *
   * @param number which published answer it was, counted from 1
   * @param version that gave it
   * @param versionNumber which answer of that version it was; 0 if that version is not counted
   */
  public record Published(Judgement judgement, long number, long version, long versionNumber) {
    Published relabelled(boolean positive) {
      return new Published(judgement.relabelled(positive), number, version, versionNumber);
    }
  }

  /** Returns this answer as another label judges it. */
  public Outcome relabelled(boolean positive) {
    return new Outcome(
        trained.relabelled(positive),
        number,
        domain,
        domainNumber,
        published.map(answer -> answer.relabelled(positive)));
  }
}
