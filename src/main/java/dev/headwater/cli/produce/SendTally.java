package dev.headwater.cli.produce;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Counts the files sent and refused; the producer's own thread reports to it too. */
final class SendTally {
  /**
   * What was sent of one domain.
   *
   * @param images how many images the broker acknowledged
   * @param positive how many of them are labelled positive
   */
  record DomainCount(long images, long positive) {
    private DomainCount plus(boolean isPositive) {
      return new DomainCount(images + 1, positive + (isPositive ? 1 : 0));
    }
  }

  /** A file that was not accepted, here, by the broker or by the service, and why. */
  record Refusal(String file, String reason) {}

  private final boolean keepsIds;
  private final Map<String, DomainCount> domains = new LinkedHashMap<>();
  private final List<Refusal> refusals = new ArrayList<>();
  private final Map<String, Path> unanswered = new HashMap<>();
  private final LongSupplier nanos;
  private final long started;
  private long lastAcknowledged;
  private long sent;
  private long labelsSent;
  private long answered;
  private String brokenBy;

  /** Starts at nothing; {@code keepsIds} if results are matched later. */
  SendTally(boolean keepsIds, LongSupplier nanos) {
    this.keepsIds = keepsIds;
    this.nanos = nanos;
    started = nanos.getAsLong();
    lastAcknowledged = started;
  }

  synchronized void acknowledged(String id, LabelledFile file, boolean positive) {
    sent++;
    lastAcknowledged = nanos.getAsLong();
    domains.merge(
        file.domain(),
        new DomainCount(0, 0).plus(positive),
        (before, one) -> before.plus(positive));
    if (keepsIds) {
      unanswered.put(id, file.path());
    }
  }

  synchronized void labelAcknowledged() {
    labelsSent++;
  }

  synchronized void refused(Path file, String reason) {
    refusals.add(new Refusal(file.toString(), reason));
  }

  /** Notes that the broker has stopped responding, so that no more is sent. */
  synchronized void broken(String reason) {
    brokenBy = reason;
  }

  synchronized Optional<String> brokenBy() {
    return Optional.ofNullable(brokenBy);
  }

  /** Whether {@code id} was still waited for; if so, it no longer is. */
  synchronized boolean predicted(String id) {
    boolean awaited = unanswered.remove(id) != null;
    answered += awaited ? 1 : 0;
    return awaited;
  }

  /** The same for an image that the service could not use. */
  synchronized boolean deadLettered(String id, String reason) {
    var file = unanswered.remove(id);
    if (file != null) {
      refused(file, reason);
    }
    return file != null;
  }

  synchronized long sent() {
    return sent;
  }

  /** From the start to the last acknowledgement of an image. */
  synchronized double seconds() {
    return (lastAcknowledged - started) / 1e9;
  }

  /** How many labels were sent in events of their own. */
  synchronized long labelsSent() {
    return labelsSent;
  }

  synchronized long answered() {
    return answered;
  }

  synchronized long unanswered() {
    return unanswered.size();
  }

  synchronized Map<String, DomainCount> domains() {
    return new LinkedHashMap<>(domains);
  }

  synchronized List<Refusal> refusals() {
    return List.copyOf(refusals);
  }
}
